package io.quantumtrader.topology.decision.snapshot;

import java.math.BigDecimal;

/**
 * A price to value at.
 *
 * @param price quote currency, above 0
 * @param atMs its time, epoch ms
 */
public record Mark(BigDecimal price, long atMs) {}
