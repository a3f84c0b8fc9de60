#include "algorithms/centrality/sampled_betweenness_bounds.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace entente {

namespace {

constexpr double chance_of_first_look = 0.7;  // of delta; the rest is halved from look to look
constexpr double look_growth = 7.0 / 6;

/// The part of delta for look k; all of them add up to 1.
double part_of_look(std::size_t look) {
  return look == 0 ? chance_of_first_look : (1 - chance_of_first_look) * std::ldexp(1.0, -static_cast<int>(look));
}

/// Whether KL(share, share +- epsilon) >= needed; past 0 and 1 there is nothing to exclude.
bool excludes_errors(double share, double epsilon, double needed) {
  return (share + epsilon >= 1 || bernoulli_divergence(share, share + epsilon) >= needed) &&
         (share - epsilon <= 0 || bernoulli_divergence(share, share - epsilon) >= needed);
}

/// From the share towards 0 or 1, the first number that the samples exclude, or that end of the range.
double end_of_interval(double share, double outside, double needed) {
  if (bernoulli_divergence(share, outside) < needed) return outside;
  double inside = share;
  for (int i = 0; i < 60; ++i) {
    const double middle = (inside + outside) / 2;
    (bernoulli_divergence(share, middle) >= needed ? outside : inside) = middle;
  }
  return outside;
}

/// How fast the chance of an error above epsilon falls with the number of samples, at a node that was inside
/// `count` of the first samples; the count is taken half a standard deviation nearer to the middle.
double rate_of_errors(double count, double samples, double epsilon) {
  const double raw = count / samples;
  const double wide = (0.5 * std::sqrt(std::min(count, samples - count)) + 1) / samples;
  const double share = raw < 0.5 ? std::min(0.5, raw + wide) : std::max(0.5, raw - wide);
  double rate = std::numeric_limits<double>::infinity();
  if (share + epsilon < 1) rate = bernoulli_divergence(share, share + epsilon);
  if (share - epsilon > 0) rate = std::min(rate, bernoulli_divergence(share, share - epsilon));
  return std::isfinite(rate) ? rate : 2 * epsilon * epsilon;
}

}  // namespace

std::uint64_t whole_blocks(double samples) {
  return static_cast<std::uint64_t>(std::ceil(samples / static_cast<double>(samples_in_block))) * samples_in_block;
}

double bernoulli_divergence(double a, double b) {
  if ((a > 0 && b <= 0) || (a < 1 && b >= 1)) return std::numeric_limits<double>::infinity();
  const double inside = a > 0 ? a * std::log(a / b) : 0;
  const double outside = a < 1 ? (a - 1) * std::log1p((a - b) / (1 - a)) : 0;
  return std::max(0.0, inside + outside);
}

SamplingPlan::SamplingPlan(const std::vector<std::uint64_t>& first_count, std::uint64_t first_samples, double epsilon,
                           double delta)
    : epsilon_(epsilon), rate_(first_count.size()) {
  // Guesses that are rather too careful: any numbers here give valid bounds, good ones give few samples.
  std::map<std::uint64_t, std::pair<double, double>> rate_of_count;  // and how many nodes have it
  for (const std::uint64_t count : first_count) {
    auto& [rate, nodes] = rate_of_count[count];
    if (nodes == 0) rate = rate_of_errors(static_cast<double>(count), static_cast<double>(first_samples), epsilon);
    ++nodes;
  }
  for (std::size_t v = 0; v < rate_.size(); ++v) rate_[v] = rate_of_count[first_count[v]].first;
  // The fewest samples t at which the sum of 2 exp(-t rate(v)) is down to the first look's part of delta.
  const auto chance = [&](double t) {
    double sum = 0;
    for (const auto& [count, of] : rate_of_count) sum += 2 * of.second * std::exp(-t * of.first);
    return sum;
  };
  const double goal = delta * part_of_look(0);
  double low = 0, high = 1;
  while (chance(high) > goal) high *= 2;
  for (int i = 0; i < 40 && high - low > 0.5; ++i) {
    const double middle = (low + high) / 2;
    (chance(middle) > goal ? low : high) = middle;
  }
  samples_ = std::ceil(high);
  log_scale_ = std::log(chance(samples_) / goal);
}

std::uint64_t SamplingPlan::samples_at(std::size_t look) const {
  return whole_blocks(samples_ * std::pow(look_growth, static_cast<double>(look)));
}

double SamplingPlan::log_inverse_chance(std::size_t v, std::size_t look) const {
  return samples_ * rate_[v] + log_scale_ + std::log(part_of_look(0) / part_of_look(look));
}

bool SamplingPlan::all_within(const std::vector<std::uint64_t>& count, std::size_t look) const {
  const double t = static_cast<double>(samples_at(look));
  for (std::size_t v = 0; v < count.size(); ++v) {
    if (!excludes_errors(static_cast<double>(count[v]) / t, epsilon_, log_inverse_chance(v, look) / t)) return false;
  }
  return true;
}

std::vector<SamplingPlan::Interval> SamplingPlan::intervals(const std::vector<std::uint64_t>& count,
                                                            std::size_t look) const {
  const double t = static_cast<double>(samples_at(look));
  std::map<std::pair<std::uint64_t, double>, Interval> known;  // few nodes differ in both counts
  std::vector<Interval> intervals(count.size());
  for (std::size_t v = 0; v < count.size(); ++v) {
    const auto [found, is_new] = known.try_emplace({count[v], rate_[v]});
    if (is_new) {
      const double share = static_cast<double>(count[v]) / t, needed = log_inverse_chance(v, look) / t;
      found->second = {end_of_interval(share, 0, needed), end_of_interval(share, 1, needed)};
    }
    intervals[v] = found->second;
  }
  return intervals;
}

}  // namespace entente
