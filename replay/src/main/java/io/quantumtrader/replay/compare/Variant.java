package io.quantumtrader.replay.compare;

import io.quantumtrader.schemas.avro.Policy;

/**
 * A policy that a history is run under.
 *
 * @param name what it is called, as it was asked for
 * @param policy the policy
 */
public record Variant(String name, Policy policy) {}
