#pragma once

#include <span>

#include "engine/network.hpp"
#include "io/json_text.hpp"

namespace entente {

/// Names, evidence and sources as lists of objects, the way JSON and GraphML carry them.
void put_names(JsonWriter& json, std::span<const Name> names);
void put_evidence(JsonWriter& json, const Network& network, std::span<const Evidence> evidence);
void put_sources(JsonWriter& json, const Network& network);

}  // namespace entente
