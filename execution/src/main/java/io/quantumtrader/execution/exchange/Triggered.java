package io.quantumtrader.execution.exchange;

import io.quantumtrader.schemas.avro.Fill;

/**
 * A protective order that the exchange executed by itself.
 *
 * @param order the order
 * @param orderId the exchange's id of it
 * @param fill its only fill: all that was open
 * @param leverage leverage of the position that it closed
 */
public record Triggered(ProtectiveOrder order, String orderId, Fill fill, int leverage) {}
