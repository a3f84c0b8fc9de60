#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>

#include "io/bytes.hpp"
#include "io/datapackage.hpp"
#include "io/read.hpp"

namespace entente::test {

/// A folder of its own for one test, gone afterwards.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "entente-io-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string operator/(std::string_view name) const { return (path_ / name).string(); }
  const std::filesystem::path& path() const { return path_; }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

inline std::string slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void spill(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

/// Reads a package that lies in memory.
inline Result<NetworkPtr> package(std::map<std::string, std::string> files, const ReadOptions& options = {}) {
  const MemoryFolder folder(std::move(files));
  Input input;
  input.files = &folder;
  return read_datapackage(input, options);
}

/// "edges.csv:2:5: …", or "" where nothing is wrong: the error, or else the first refusal.
inline std::string complaint(const Result<NetworkPtr>& network) {
  if (!network) return network.error().sentence();
  const auto& refusals = (*network)->ledger().refusals;
  return refusals.empty() ? std::string() : refusals[0].place.text() + ": " + refusals[0].text;
}

inline std::string complaint(const ReadOutcome& outcome) { return outcome.error ? outcome.error->sentence() : std::string(); }

/// A network with every sort of thing in it: directions, dates, money, agreements, names in several
/// scripts, evidence, odd letters, a node without ties, parallel ties and a self-loop.
inline std::map<std::string, std::string> full_package() {
  return {
      {"datapackage.json",
       "{\"name\": \"full\", \"title\": \"All of it\", \"version\": \"1.2.3\", \"entente\": {\"hidden_kinds\": [\"person\"]},\n"
       " \"resources\": [{\"name\": \"nodes\", \"path\": \"nodes.csv\", \"schema\": {\"fields\": [{\"name\": \"id\", \"type\": \"string\"},\n"
       "  {\"name\": \"staff\", \"type\": \"integer\", \"description\": \"heads\"}]}},\n"
       "  {\"name\": \"names\", \"path\": \"names.csv\"}, {\"name\": \"edges\", \"path\": \"edges.csv\", \"note\": \"kept\"},\n"
       "  {\"name\": \"sources\", \"path\": \"sources.csv\"}, {\"name\": \"evidence\", \"path\": \"evidence.csv\"},\n"
       "  {\"name\": \"node_evidence\", \"path\": \"node_evidence.csv\"},\n"
       "  {\"name\": \"notes\", \"path\": \"notes.csv\"}]}"},
      {"nodes.csv",
       "id,kind,name,country,staff,motto\n"
       "kist,institution.research,KIST,KR,3000,\"a \"\"quoted\"\" word\"\n"
       "uz,place.country,,UZ,,\"two\nlines\"\n"
       "=2+3,institution,<b>bold & <script>,DE,7,back\\slash\n"
       "lone,person,Ўзбек,,,\n"},
      {"names.csv", "node,name,lang,type,source,script\nkist,한국과학기술연구원,ko,official,,Hang\nuz,O‘zbekiston,uz,official,s1,Latn\n"},
      {"edges.csv",
       "id,source,target,kind,directed,status,start,end,amount,currency,agreement,weight\n"
       "e1,kist,uz,funding.grant,true,signed,2021-04,2023,1250000.50,USD,,0.5\n"
       "e2,uz,kist,agreement.mou,false,planned,2021-12~,,,,mou-1,1\n"
       "e3,kist,=2+3,agreement.mou,false,,,,,,mou-1,2\n"
       "e4,kist,kist,visit,false,done,2021-12-16/2021-12-17,,1000,JPY,,\n"
       "e5,kist,uz,funding.grant,true,signed,,,0.000000001,USD,,1e3\n"},
      {"sources.csv", "id,title,publisher,date,url,lang,file,pages\ns1,\"Title, with comma\",P,2021-04-01,https://example.org/?a=1&b=2,ko,s1.html,12\n"},
      {"evidence.csv", "edge,source,quote,locator\ne1,s1,\"그는 \"\"예\"\"라고 말했다\",p. 3\ne1,s1,second,\n"},
      {"node_evidence.csv", "node,source,quote,locator,field\nkist,s1,3000 명,p. 1,staff\n"},
      {"notes.csv", "subject;note\r\ne1;kept \xFF as it is\r\n"},
  };
}

}  // namespace entente::test
