#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>

#include "engine/parallel.hpp"

namespace {

/// The loops of tests are short; threads should meet in them all the same.
const bool threads_meet = (entente::set_help_policy({.alone_for = {}, .worth_help = {}, .worth_staying = {}}), true);

}  // namespace
