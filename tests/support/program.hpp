#pragma once

// Runs the built program as a user would and keeps what it says. ENTENTE_PROGRAM is its path.

#include <sys/wait.h>

#include <cstdlib>
#include <string>

#include "support/test_folder.hpp"

namespace entente {

struct ProgramRun {
  int status = -1;
  std::string out, err;
};

/// Runs `entente ARGUMENTS` through the shell, so quote as a shell wants it.
inline ProgramRun entente_says(const std::string& arguments, const std::string& before = {}) {
  const TestFolder folder;
  const std::string command = before + " " + ENTENTE_PROGRAM + " " + arguments + " >" + folder.file("out") + " 2>" + folder.file("err");
  const int raw = std::system(command.c_str());
  return {WIFEXITED(raw) ? WEXITSTATUS(raw) : -1, folder.read("out"), folder.read("err")};
}

}  // namespace entente
