package io.quantumtrader.topology.decision.entry;

import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.MarketState;
import io.quantumtrader.schemas.avro.Policy;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What the governor looked at for one entry.
 *
 * @param policy policy that holds
 * @param instrument the exchange's filters, with a step and a tick above 0
 * @param state market state with a price above 0
 * @param killScore kill score of the state at age 0, 0 to 1
 * @param equity equity of the account, quote currency, where it is known
 * @param grantedAtMs when entries of the account in the symbol were granted, epoch ms
 */
public record GovernorView(
    Policy policy,
    Instrument instrument,
    MarketState state,
    double killScore,
    Optional<BigDecimal> equity,
    List<Long> grantedAtMs) {}
