package io.quantumtrader.app.control;

import io.quantumtrader.app.parts.KnownAccounts;
import io.quantumtrader.console.book.Book;
import io.quantumtrader.console.book.Pages;
import io.quantumtrader.console.order.Order;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.console.order.Orders;
import io.quantumtrader.console.view.PositionRow;
import io.quantumtrader.console.view.PositionView;
import io.quantumtrader.console.view.Scope;
import io.quantumtrader.schemas.avro.CauseType;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.Decision;
import io.quantumtrader.schemas.avro.Instrument;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.serde.RecordSerdes;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.ClientIds;
import io.quantumtrader.schemas.topic.Topic;
import io.quantumtrader.topology.decision.Basis;
import io.quantumtrader.topology.decision.Cause;
import io.quantumtrader.topology.decision.Decimals;
import io.quantumtrader.topology.decision.DecisionRecords;
import io.quantumtrader.topology.decision.Finding;
import io.quantumtrader.topology.decision.Numbers;
import io.quantumtrader.topology.decision.Sides;
import io.quantumtrader.topology.decision.Stage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Orders from the console as records on the control topic: the same that the commands write. An
 * attempt without the token becomes a decision, so that it is found where everything else is.
 */
public final class ControlOrders implements Orders, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlOrders.class);
  private static final int PATIENCE_MS = 15_000;
  private static final long ATTEMPT_EVERY_MS = 1_000;

  private final ControlTopic topic;
  private final Book book;
  private final KafkaProducer<String, Decision> decisions;
  private long attempts;
  private long recordedAtMs;

  /**
   * Creates it.
   *
   * @param client client configuration, {@code bootstrap.servers} at least
   * @param serdes value serdes
   * @param book what orders are held against
   */
  public ControlOrders(Map<String, Object> client, RecordSerdes serdes, Book book) {
    this.topic = new ControlTopic(client, serdes);
    this.book = book;
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, ClientIds.of(client, "quantum-console"));
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    decisions =
        new KafkaProducer<>(
            settings, new StringSerializer(), serdes.of(Decision.class).serializer());
  }

  @Override
  public String give(Order order, String by) {
    requireAccount(order.account());
    return switch (order.kind()) {
      case HALT -> state(order, by, TradingState.HALTED);
      case REDUCE_ONLY -> state(order, by, TradingState.REDUCING);
      case RESUME -> state(order, by, TradingState.ACTIVE);
      case CLOSE -> close(order, by, order.symbol());
      case FLATTEN -> close(order, by, "");
      case REDUCE -> reduce(order, by);
      case STOP -> stop(order, by);
      case LOCK_ENTRIES -> lock(order, by, LockScope.of(order.symbol(), true, false));
      case LOCK_EXITS -> lock(order, by, LockScope.of(order.symbol(), false, true));
      case UNLOCK -> unlock(order, by);
    };
  }

  private String reduce(Order order, String by) {
    if (open(order.account(), "").isEmpty()) {
      throw new OrderRefusedException("nothing is open");
    }
    String id = UUID.randomUUID().toString();
    double share = Double.parseDouble(order.value());
    order(order, by, (change, before) -> change.withReduce(before, id, share));
    return "order %s to reduce %s to an exposure of %s"
        .formatted(id, named(order.account()), order.value());
  }

  /** What the stages would deny in every account is not ordered. */
  private String stop(Order order, String by) {
    BigDecimal price = new BigDecimal(order.value()).setScale(Decimals.SCALE);
    List<PositionLedger> rows = book.read(pages -> rows(pages, order));
    Map<String, BigDecimal> marks = new HashMap<>();
    open(order.account(), order.symbol())
        .forEach(
            row -> {
              if (row.markPrice() != null) {
                marks.put(row.positionId(), row.markPrice());
              }
            });
    StopFlaws flaws = new StopFlaws(price, marks);
    List<String> why = rows.stream().flatMap(row -> flaws.of(row).stream()).toList();
    if (rows.isEmpty() || why.size() == rows.size()) {
      throw new OrderRefusedException(
          rows.isEmpty() ? "nothing is open in " + order.symbol() : why.getFirst());
    }
    String id = UUID.randomUUID().toString();
    order(order, by, (change, before) -> change.withStop(before, id, order.symbol(), price));
    return "order %s to move the stop in %s to %s".formatted(id, order.symbol(), order.value());
  }

  private static List<PositionLedger> rows(Pages pages, Order order) {
    Scope scope = new Scope(order.account(), order.symbol());
    return pages.tables().rows(Topic.POSITION_LEDGER, PositionLedger.class).stream()
        .filter(Sides::isOpen)
        .filter(row -> scope.has(row.getAccount(), row.getSymbol()))
        .toList();
  }

  private String lock(Order order, String by, LockScope scope) {
    boolean known =
        book.read(
            pages ->
                pages.tables().row(Topic.INSTRUMENT, order.symbol(), Instrument.class).isPresent());
    if (!known) {
      throw new OrderRefusedException("there is no instrument " + order.symbol());
    }
    String id = UUID.randomUUID().toString();
    long clockMs = clockMs();
    order(order, by, (change, before) -> change.withLock(before, id, scope, null, clockMs));
    return "%s of %s are locked for %s"
        .formatted(
            LockScope.said(scope.entries(), scope.exits()), order.symbol(), named(order.account()));
  }

  private String unlock(Order order, String by) {
    LockScope scope = LockScope.of(order.symbol(), false, false);
    long clockMs = clockMs();
    order(
        order,
        by,
        (change, before) -> {
          if (!scope.isHeldBy(ControlChange.holding(before, clockMs))) {
            throw new OrderRefusedException(
                "%s is not locked for %s".formatted(order.symbol(), named(order.account())));
          }
          return change.withoutLock(before, scope, clockMs);
        });
    return "%s is not locked any more for %s".formatted(order.symbol(), named(order.account()));
  }

  private long clockMs() {
    return book.read(pages -> pages.clock().nowMs());
  }

  private List<PositionRow> open(String account, String symbol) {
    return book.read(pages -> PositionView.rows(pages, new Scope(account, symbol)));
  }

  /** What is ordered of all accounts lies beside the record that Redis writes. */
  private void order(Order order, String by, BiFunction<ControlChange, Control, Control> change) {
    String key = order.account().equals(Accounts.ALL) ? Accounts.ALL_ORDERS : order.account();
    Control unused = change(key, order, by, change);
  }

  private void requireAccount(String account) {
    if (!account.equals(Accounts.ALL)) {
      KnownAccounts.require(
          account, book.read(pages -> pages.accounts()), OrderRefusedException::new);
    }
  }

  private String state(Order order, String by, TradingState wanted) {
    Control written = change(order, by, (change, before) -> change.withState(before, wanted));
    return "%s for %s".formatted(written.getTradingState(), named(order.account()));
  }

  private String close(Order order, String by, String symbol) {
    if (open(order.account(), symbol).isEmpty()) {
      throw new OrderRefusedException(
          symbol.isEmpty() ? "nothing is open" : "nothing is open in " + symbol);
    }
    String id = UUID.randomUUID().toString();
    change(order, by, (change, before) -> change.withClose(before, id, symbol));
    return "order %s to close %s for %s"
        .formatted(id, symbol.isEmpty() ? "everything" : symbol, named(order.account()));
  }

  private static String named(String account) {
    return account.equals(Accounts.ALL) ? "all accounts" : account;
  }

  private Control change(
      Order order, String by, BiFunction<ControlChange, Control, Control> change) {
    return change(order.account(), order, by, change);
  }

  private Control change(
      String key, Order order, String by, BiFunction<ControlChange, Control, Control> change) {
    long nowMs = book.wallMs();
    ControlChange made = new ControlChange(key, order.reason(), by, nowMs);
    try {
      ControlTopic.Reading before = topic.read();
      Control absent = made.absent(before.of(Accounts.ALL).isPresent());
      return topic.change(key, before, absent, base -> change.apply(made, base), nowMs).control();
    } catch (KafkaException e) {
      throw new OrderRefusedException(
          "the control topic cannot be read or written: " + e.getMessage(), e);
    }
  }

  /** One that tries without end must not fill the topic: of a second one attempt is recorded. */
  @Override
  public synchronized void attempted(String what, String from) {
    attempts++;
    long nowMs = book.wallMs();
    LOG.warn("{} from {}", what, from);
    if (nowMs - recordedAtMs < ATTEMPT_EVERY_MS) {
      return;
    }
    recordedAtMs = nowMs;
    long clockMs = Math.max(1L, book.read(pages -> pages.clock().nowMs()));
    Finding finding =
        new Finding(
            ReasonCode.OPERATOR_TOKEN_WRONG,
            Numbers.none().and("attempts", attempts).and("from", from));
    Cause cause = Cause.of(Accounts.ALL, CauseType.CONTROL, "console@" + nowMs, 1);
    Decision decision = DecisionRecords.denied(Stage.CONSOLE, cause, finding, Basis.NONE, clockMs);
    ProducerRecord<String, Decision> record =
        new ProducerRecord<>(Topic.DECISION.topicName(), null, clockMs, Accounts.ALL, decision);
    try {
      decisions.send(record).get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      LOG.warn("the attempt could not be recorded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    decisions.close(Duration.ofSeconds(2));
  }
}
