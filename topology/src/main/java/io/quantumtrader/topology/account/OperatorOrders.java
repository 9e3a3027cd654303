package io.quantumtrader.topology.account;

import io.quantumtrader.schemas.avro.ManualClose;
import io.quantumtrader.schemas.avro.Policy;
import io.quantumtrader.schemas.avro.StopOrder;
import io.quantumtrader.topology.DecisionFailedException;
import io.quantumtrader.topology.decision.Lookups;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Operators' orders to close, and to tighten a stop, where the clock does not go on: they are taken
 * up at the last step that can be believed. Where there was never one, now is when the order was
 * given.
 */
final class OperatorOrders {

  private static final Logger LOG = LoggerFactory.getLogger(OperatorOrders.class);

  /** Writes what was decided. */
  interface Writer {
    void write(Outcome outcome, long nowMs);
  }

  private final AccountState state;
  private final ReferenceData data;
  private final ClockExits exits;
  private final Writer writer;

  OperatorOrders(AccountState state, ReferenceData data, ClockExits exits, Writer writer) {
    this.state = state;
    this.data = data;
    this.exits = exits;
    this.writer = writer;
  }

  /** Takes up what is ordered, for every account of the task. */
  void takeUp() {
    for (String account : state.accounts()) {
      long nowMs = nowMs(account);
      if (nowMs > 0) {
        takeUp(account, nowMs);
      }
    }
  }

  /** One account about which nothing can be decided must not keep the others' positions open. */
  private void takeUp(String account, long nowMs) {
    Policy policy = data.policy(account, new Lookups(nowMs)).policy();
    Outcome outcome;
    try {
      outcome = exits.decideOrders(state.view(account, policy, nowMs), nowMs);
    } catch (DecisionFailedException failed) {
      // The order stands; the next step of the clock records why it cannot be decided.
      LOG.error("orders for {} are not taken up", account, failed);
      return;
    }
    writer.write(outcome, nowMs);
  }

  private long nowMs(String account) {
    long nowMs = state.nowMs();
    if (nowMs > 0) {
      return nowMs;
    }
    long orderedMs =
        data.controls(account, new Lookups(0)).stream()
            .flatMap(
                control ->
                    Stream.concat(
                        control.getCloses().stream().map(ManualClose::getAtMs),
                        control.getStops().stream().map(StopOrder::getAtMs)))
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    return Math.min(orderedMs, state.clock().wallMs());
  }
}
