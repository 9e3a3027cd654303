package io.quantumtrader.app.policy;

import io.quantumtrader.app.parts.KnownAccounts;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.order.PolicyOrder;
import io.quantumtrader.console.order.PolicyOrders;
import io.quantumtrader.schemas.avro.PolicySchedule;
import io.quantumtrader.schemas.avro.PortfolioState;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.policy.Policies;
import io.quantumtrader.schemas.policy.PolicyChange;
import io.quantumtrader.schemas.policy.PolicyRules.Violation;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Topic;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes of the policy from the console, scheduled as the commands schedule them. */
public final class ScheduleOrders implements PolicyOrders {

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleOrders.class);

  private final PolicyTopic topic;
  private final Book book;

  /**
   * Creates it.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param book what changes are held against
   */
  public ScheduleOrders(Map<String, Object> client, RecordSerdes serdes, Book book) {
    this.topic = new PolicyTopic(client, serdes, LOG::debug);
    this.book = book;
  }

  @Override
  public String give(PolicyOrder order, String by) {
    try {
      return switch (order.kind()) {
        case SCHEDULE -> schedule(order, by);
        case WITHDRAW -> withdraw(order, by);
      };
    } catch (WithdrawRefusedException e) {
      throw new OrderRefusedException(e.getMessage(), e);
    } catch (KafkaException e) {
      throw new OrderRefusedException(
          "the policy topic cannot be read or written: " + PolicyDesk.firstLine(e), e);
    }
  }

  private String withdraw(PolicyOrder order, String by) {
    PolicySchedule withdrawn =
        new ScheduleChanges(topic).withdraw(order.scheduleId(), by, order.reason(), nowMs());
    return "%s is withdrawn".formatted(withdrawn.getScheduleId());
  }

  private String schedule(PolicyOrder order, String by) {
    requireAccount(order.name());
    long nowMs = nowMs();
    if (order.atMs() != null && order.atMs() <= nowMs) {
      throw new OrderRefusedException(
          "%s has passed by the pipeline's clock, %s"
              .formatted(PolicyText.time(order.atMs()), PolicyText.time(nowMs)));
    }
    PolicyHistory history = topic.read();
    PolicyChange change = PolicyChange.of(order.changes());
    PolicyChange.Outcome outcome = change.on(history.holding(order.name()).policy());
    if (!outcome.violations().isEmpty()) {
      throw new OrderRefusedException(
          outcome.violations().stream().map(Violation::text).collect(Collectors.joining("; ")));
    }
    AccountStates states = book.read(ScheduleOrders::states);
    PolicySchedule.Builder wanted =
        ScheduleSession.draft(
                order.name(),
                change,
                ScheduleVerdict.subjects(order.name(), history, states),
                nowMs)
            .setReason(order.reason())
            .setScheduledBy(by)
            .setEvenIfExceeded(order.evenIfExceeded())
            .setAtMs(order.atMs())
            .setAfterDays(order.afterDays())
            .setAfterTrades(order.afterTrades())
            .setDrawdownAtMost(order.drawdownAtMost())
            .setDailyLossAtMost(order.dailyLossAtMost());
    PolicySchedule schedule = new ScheduleChanges(topic).add(wanted, book.wallMs());
    List<AccountExceeded> exceeded = states.exceededBy(history, order.name(), outcome.policy());
    return ScheduleText.brief(schedule) + warning(exceeded, order.evenIfExceeded());
  }

  private static String warning(List<AccountExceeded> exceeded, boolean meant) {
    return exceeded.isEmpty()
        ? ""
        : ". %s exceeded today%s. %s"
            .formatted(
                AccountExceeded.count(exceeded),
                meant ? "; it is applied all the same" : "; if still so then, it is refused",
                exceeded.stream().map(AccountExceeded::text).collect(Collectors.joining(" ")));
  }

  private void requireAccount(String name) {
    if (!name.equals(Policies.DEFAULT)) {
      KnownAccounts.require(name, book.read(Pages::accounts), OrderRefusedException::new);
    }
  }

  private long nowMs() {
    long clockMs = book.read(pages -> pages.clock().nowMs());
    return clockMs > 0 ? clockMs : book.wallMs();
  }

  /** Returns what the accounts have open and have lost, as a book tells it. */
  static AccountStates states(Pages pages) {
    return AccountStates.of(
        pages.tables().rows(Topic.PORTFOLIO_STATE, PortfolioState.class),
        pages.tables().rows(Topic.POSITION_LEDGER, PositionLedger.class));
  }
}
