package io.quantumtrader.replay.compare;

import io.quantumtrader.replay.hash.StateHash;
import io.quantumtrader.replay.result.Results;

/**
 * What became of a variant.
 *
 * @param variant the variant
 * @param results what it came to
 * @param decisions what was decided; empty where decisions were not asked for
 * @param hash digest of the state at the end
 */
public record VariantRun(
    Variant variant, Results results, DecisionBook decisions, StateHash hash) {}
