package io.quantumtrader.topology.decision.universe;

import io.quantumtrader.schemas.avro.RankedSymbol;
import io.quantumtrader.schemas.reason.ReasonCode;
import java.util.List;

/**
 * A ranked list of what may be opened.
 *
 * @param code UNIVERSE_RANKED, UNIVERSE_FALLBACK or UNIVERSE_EMPTY
 * @param symbols best first
 * @param minSigma volatility filter that was applied, per interval
 * @param minTs trend strength filter that was applied
 * @param fresh how many states were fresh
 * @param passed how many of them passed both filters
 */
public record Ranking(
    ReasonCode code,
    List<RankedSymbol> symbols,
    double minSigma,
    double minTs,
    int fresh,
    int passed) {}
