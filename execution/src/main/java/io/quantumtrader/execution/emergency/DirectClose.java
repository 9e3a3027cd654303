package io.quantumtrader.execution.emergency;

import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.schemas.avro.ExchangePosition;

/**
 * What came of one position that was closed without the pipeline.
 *
 * @param account account it was open in
 * @param position the position as it was
 * @param clientOrderId our id of the order that closed it
 * @param outcome what the exchange said of the order last
 * @param flat whether the exchange says that nothing is open in the symbol any more
 */
public record DirectClose(
    String account,
    ExchangePosition position,
    String clientOrderId,
    OrderOutcome outcome,
    boolean flat) {}
