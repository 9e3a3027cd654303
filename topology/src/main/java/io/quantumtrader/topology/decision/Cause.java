package io.quantumtrader.topology.decision;

import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.OrderSide;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * The input that a decision is about.
 *
 * @param account account it is about
 * @param type kind of input
 * @param id id of the input
 * @param occurrence which time it is that an input with this id is decided; 1 or more
 * @param planId plan that came of it, or would have
 * @param symbol symbol it is about
 * @param side side of the order that was asked for
 * @param quantity quantity asked for or granted, base units
 */
public record Cause(
    String account,
    CauseType type,
    String id,
    int occurrence,
    Optional<String> planId,
    Optional<String> symbol,
    Optional<OrderSide> side,
    Optional<BigDecimal> quantity) {

  /** Returns a cause of which nothing but the id is known. */
  public static Cause of(String account, CauseType type, String id, int occurrence) {
    return new Cause(
        account,
        type,
        id,
        occurrence,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns this cause with its symbol. */
  public Cause in(String symbolOfIt) {
    return new Cause(
        account, type, id, occurrence, planId, Optional.of(symbolOfIt), side, quantity);
  }

  /** Returns this cause with the plan and the side of its order. */
  public Cause with(String planOfIt, OrderSide sideOfIt) {
    return new Cause(
        account,
        type,
        id,
        occurrence,
        Optional.of(planOfIt),
        symbol,
        Optional.of(sideOfIt),
        quantity);
  }

  /** Returns this cause with a quantity in base units. */
  public Cause of(BigDecimal quantityOfIt) {
    return new Cause(
        account, type, id, occurrence, planId, symbol, side, Optional.of(quantityOfIt));
  }
}
