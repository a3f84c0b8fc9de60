#include "cli/interrupt.hpp"

#include <unistd.h>

#include <atomic>
#include <csignal>
#include <ctime>
#include <utility>

#include "cli/session.hpp"
#include "io/unfinished.hpp"

namespace entente {

namespace {

constexpr long patience_ns = 200'000'000;

std::atomic<bool> interrupt{false};
std::atomic<int> status_of_answer{-1};  // -1: the answer is not out yet
std::string last_words;                 // set before the handlers are
timer_t patience{};

[[noreturn]] void end_now() {
  if (status_of_answer >= 0) _exit(status_of_answer);
  abandon_all();
  [[maybe_unused]] const auto ignored = ::write(STDERR_FILENO, last_words.data(), last_words.size());
  _exit(1);
}

/// Files are written on the main thread, which keeps signals away while it changes what abandon_all() reads. So what
/// ends the program must run there.
bool handed_to_main_thread(int signal) {
  if (::gettid() == ::getpid()) return false;
  ::tgkill(::getpid(), ::getpid(), signal);
  return true;
}

void on_interrupt(int signal) {
  if (handed_to_main_thread(signal)) return;
  if (status_of_answer >= 0 || interrupt.exchange(true)) end_now();
  const itimerspec once{{0, 0}, {0, patience_ns}};
  ::timer_settime(patience, 0, &once, nullptr);
}

void on_lost_patience(int signal) {
  if (!handed_to_main_thread(signal)) end_now();
}

void handle(int signal, void (*handler)(int)) {
  struct sigaction action {}, before {};
  if (signal == SIGHUP && sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) return;  // nohup
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigfillset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

void end_on_interrupt(std::string words) {
  last_words = std::move(words);
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGALRM;
  if (::timer_create(CLOCK_MONOTONIC, &event, &patience) != 0) return;  // then Ctrl-C ends the program on the spot
  handle(SIGALRM, on_lost_patience);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) handle(signal, on_interrupt);
}

void answer_is_out(int status) {
  status_of_answer = status;
  const itimerspec never{};
  ::timer_settime(patience, 0, &never, nullptr);
}

const std::atomic<bool>& interrupt_flag() { return interrupt; }

}  // namespace entente
