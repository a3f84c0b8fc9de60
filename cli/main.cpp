// entente: the program. Reads the command line, runs one command, turns an error into one sentence and
// an exit status: 0 answered, 1 could not do it, 2 wrong usage, 3 invalid data, 4 unknown or ambiguous name.

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <regex>
#include <string>

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "cli/command.hpp"
#include "cli/idle_options.hpp"
#include "cli/interrupt.hpp"
#include "cli/method_words.hpp"
#include "cli/wording.hpp"
#include "engine/suggestion.hpp"
#include "engine/text.hpp"
#include "engine/version.hpp"

namespace entente {
namespace {

std::string error_json(const Error& error) {
  JsonWriter json;
  json.begin_object().key("error").begin_object();
  json.key("code").value(to_string(error.code));
  json.key("message").value(error.what);
  json.key("where").value(error.where);
  json.end_object().end_object();
  return std::move(json).take();
}

int report_error(const Session& session, const Error& found, int status) {
  const Error error = in_flags(found);
  if (session.global.format == "json") std::fputs(error_json(error).c_str(), stderr);
  else spdlog::error(printed_sentence(error));
  return status;
}

/// What is said where Ctrl-C ends the program in the middle of something; a terminal has "^C" on the line by then.
std::string words_of_interruption(const GlobalOptions& options) {
  const Error error{ErrorCode::interrupted, "Interrupted.", {}};
  if (options.format == "json") return error_json(error);
  return std::string(isatty(STDERR_FILENO) ? "\n" : "") + "entente: " + error.what + "\n";
}

/// Raised where a remark could not be written to the log file.
std::atomic<bool> log_failed{false};

void start_log(const GlobalOptions& options) {
  auto console = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  console->set_pattern("entente: %v");
  console->set_level(options.quiet ? spdlog::level::err : options.verbose ? spdlog::level::debug : spdlog::level::info);
  auto logger = std::make_shared<spdlog::logger>("entente", console);
  logger->set_level(spdlog::level::debug);
  spdlog::set_default_logger(logger);
  if (!options.log_file.empty()) {
    auto file = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.log_file);
    file->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    logger->sinks().push_back(file);
  }
  logger->set_error_handler([](const std::string&) { log_failed = true; });
}

/// CLI11 says of a mistyped command only that one is required; this names the nearest, or the one that tells what is meant.
std::string unknown_command(const CLI::App& app, const Session& session, int count, char** arguments) {
  for (int i = 1; i < count; ++i) {
    const std::string word = arguments[i];
    if (word.empty() || word[0] == '-') continue;
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
    if (std::ranges::find(names, word) != names.end()) return {};
    const std::string none = "There is no command \"" + shortened(one_line(word), 40) + "\". ", advice = other_name_advice(word, session);
    return none + (advice.empty() ? "Known are, nearest first: " + nearest_first(word, names, names.size()) + "." : advice);
  }
  return {};
}

/// The values of an option in words: N stands for a whole number and X for any, with their bounds.
class PlainHelp : public CLI::Formatter {
 public:
  std::string make_option_opts(const CLI::Option* option) const override {
    static const std::regex whole(R"(U?INT:U?INT in \[(\S+) - (\S+)\])"), any(R"(FLOAT:FLOAT in \[(\S+) - (\S+)\])");
    static const std::regex words(R"(TEXT:\{(.*)\})"), counted(R"(\bU?INT\b)"), number(R"(\bFLOAT\b)");
    std::string text = CLI::Formatter::make_option_opts(option);
    text = std::regex_replace(text, whole, "N ($1 to $2)");
    text = std::regex_replace(text, any, "X ($1 to $2)");
    text = std::regex_replace(text, words, "$1");
    return std::regex_replace(std::regex_replace(text, counted, "N"), number, "X");
  }
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    static const std::regex off(R"(\{false\})");  // a flag that turns something off
    return std::regex_replace(CLI::Formatter::make_option_name(option, is_positional), off, "");
  }
};

int run(int count, char** arguments) {
  Session session;
  Action action;
  CLI::App app("Entente: who connects to whom, who matters, and where the money goes.", "entente");
  app.require_subcommand(1);
  app.fallthrough();
  app.set_version_flag("--version", std::string("entente ") + version);
  app.formatter(std::make_shared<PlainHelp>());
  app.get_formatter()->column_width(34);

  GlobalOptions& global = session.global;
  app.add_option("--threads", global.threads, "threads to use (default: all)")->check(CLI::Range(1, 1024));
  app.add_option("--engine", global.engine, "auto, local or mpi")->check(CLI::IsMember({"auto", "local", "mpi"}));
  app.add_option("--format", global.format, "table, csv, json or markdown");
  app.add_option("-o,--output", global.output, "write to this file, whole or not at all");
  app.add_option("--input-format", global.input_format, "the format of NETWORK, where its ending does not say");
  app.add_option("--language", global.languages, "languages for names, in order of preference: en,ko")
      ->delimiter(',')->allow_extra_args(false);
  app.add_flag("--verify", global.verify, "check the answer by its certificate and say so");
  app.add_flag("--lenient", global.lenient, "go on without the rows that are refused");
  app.add_flag("--quiet", global.quiet, "only errors on standard error");
  app.add_flag("--verbose", global.verbose, "more on standard error");
  app.add_flag("--no-progress", global.no_progress, "no progress bars");
  app.add_flag("--no-color", global.no_color, "no colours in tables");
  app.add_option("--log-file", global.log_file, "write remarks and errors to this file too");

  for (auto add : {add_info, add_who, add_centrality, add_clusters, add_flow, add_sankey, add_exchange, add_reconcile, add_cohesion, add_draw, add_report,
                   add_run, add_validate, add_convert, add_generate, add_datasets, add_algorithms}) {
    add(app, session, action);
  }
  for (const CLI::App* command : app.get_subcommands({})) session.commands.push_back(command->get_name());

  try {
    app.parse(count, arguments);
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    start_log({});
    // A wrong value is no command: of "--threads 0 info" the 0 is what is wrong.
    const bool wrong_value = dynamic_cast<const CLI::ValidationError*>(&error) || dynamic_cast<const CLI::ConversionError*>(&error);
    std::string sentence = wrong_value ? std::string() : unknown_command(app, session, count, arguments);
    if (sentence.empty()) sentence = parser_sentence(error.what());
    if (sentence.find("--help") == std::string::npos) sentence += " See entente --help.";
    for (int i = 1; i + 1 < count; ++i) {
      if (std::string_view(arguments[i]) == "--format") global.format = arguments[i + 1];
      if (std::string_view(arguments[i]) == "--format=json") global.format = "json";
    }
    return report_error(session, Error{ErrorCode::bad_argument, sentence, {}}, 2);
  }

  try {
    start_log(global);
  } catch (const spdlog::spdlog_ex&) {
    start_log({});
    return report_error(session, Error{ErrorCode::unwritable, "The log file cannot be written.", global.log_file}, 1);
  }
  if (global.engine == "mpi") {
    return report_error(session, Error{ErrorCode::bad_argument, "This build has no mpi engine. Leave --engine out, or say local.",
                                       "option engine"}, 2);
  }
  std::signal(SIGPIPE, SIG_IGN);  // whoever closes the pipe has seen enough; that is no error
  std::signal(SIGXFSZ, SIG_IGN);  // a file at its size limit: the write fails, and that is said
  end_on_interrupt(words_of_interruption(global));
  session.set_usage_notes(remarks_on_idle_options(app, session));
  const auto done = action();
  const int status = done ? 0 : exit_status(done.error().code);
  answer_is_out(status);
  if (!done) report_error(session, done.error(), status);
  spdlog::default_logger()->flush();
  if (!log_failed) return status;
  std::fputs(("entente: " + global.log_file + ": The log file could not be written to its end.\n").c_str(), stderr);
  return status == 0 ? 1 : status;
}

}  // namespace
}  // namespace entente

int main(int count, char** arguments) {
  try {
    return entente::run(count, arguments);
  } catch (const std::bad_alloc&) {
    std::fputs("entente: There is not enough memory for this.\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "entente: Something unforeseen went wrong: %s\n", error.what());
  }
  return 1;
}
