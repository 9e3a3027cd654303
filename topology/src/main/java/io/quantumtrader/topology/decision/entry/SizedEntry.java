package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Risk;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.topology.decision.Numbers;
import java.math.BigDecimal;
import java.util.List;

/**
 * An entry as the governor would have it ordered.
 *
 * @param side BUY or SELL
 * @param quantity base units, above 0, a multiple of the step
 * @param price price it was sized at, quote currency
 * @param leverage 1 to 125
 * @param notional quantity x price, quote currency
 * @param margin notional / leverage, quote currency
 * @param risk stop and target to place, and what they came from
 * @param killScore kill score of the market state, 0 to 1
 * @param notes what was changed on the way
 * @param numbers what the sizing was made of
 */
public record SizedEntry(
    OrderSide side,
    BigDecimal quantity,
    BigDecimal price,
    int leverage,
    BigDecimal notional,
    BigDecimal margin,
    Risk risk,
    double killScore,
    List<ReasonCode> notes,
    Numbers numbers) {}
