package io.quantumtrader.execution.executor;

import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.binance.BinanceExchange;
import io.quantumtrader.execution.decision.ExecutorMode;
import io.quantumtrader.execution.decision.NetPosition;
import io.quantumtrader.execution.exchange.Exchange;
import io.quantumtrader.execution.exchange.OrderOutcome;
import io.quantumtrader.execution.twin.ExchangeTwin;
import io.quantumtrader.execution.twin.TwinAccount;
import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.core.TwinRules;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Clock;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.ExchangeAccount;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.topic.Topic;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * A twin of the exchange, what was committed on the topics, and one executor after the other
 * between them. A crash takes an executor with all that it had not committed; what was committed,
 * and what the exchange did, stays. One clock for all of it, which goes on when it is told to.
 */
final class CrashWorld implements AutoCloseable {

  static final List<String> ACCOUNTS = List.of("main", "second");

  /** When the world begins, epoch milliseconds UTC. */
  static final long BEGIN_MS = 1_780_000_000_000L;

  static final String BTC = "BTCUSDT";
  static final String ETH = "ETHUSDT";
  static final List<String> SYMBOLS = List.of(BTC, ETH);
  private static final long STEP_MS = 1_000;
  private static final int OFTEN = 10;

  /** What a crash throws. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  private final AtomicLong nowMs = new AtomicLong(BEGIN_MS);
  private final ExchangeTwin twin;
  private final Random random;
  private final List<ApplyPlan> plans = new ArrayList<>();
  private final List<ApplyResult> results = new ArrayList<>();
  private final Map<String, ExchangeAccount> published = new HashMap<>();
  private final Map<String, PositionLedger> ledger = new LinkedHashMap<>();
  private long plansRead;
  private double crashShare;
  private int crashes;
  private MockClients clients;
  private ExecutorSession session;
  private BinanceExchange exchange;
  private String diesBefore = "";
  private ExecutorMode mode = ExecutorMode.TRADE;
  private long slowMs;
  private int seen;
  private int sent;
  private final BareTime bare;

  CrashWorld(long seed) throws IOException {
    this(seed, nobody -> {});
  }

  /**
   * Creates it.
   *
   * @param before acts on the exchange before there is an executor for the first time
   */
  CrashWorld(long seed, Consumer<Exchange> before) throws IOException {
    random = new Random(seed);
    twin =
        ExchangeTwin.start(
            TwinSettings.of(
                    ACCOUNTS.stream()
                        .map(each -> TwinAccount.hmac(each, key(each), secret(each), "100000"))
                        .toList(),
                    List.of(
                        TwinSymbol.perpetual(BTC, "60000", "0.10", "0.001", "100"),
                        TwinSymbol.perpetual(ETH, "3000", "0.01", "0.001", "20")))
                .rules(TwinRules.usual().withRestingConditionals(seed % 2 == 0))
                .seed(seed)
                .tickMs(0)
                .clock(nowMs::get)
                .build());
    bare = new BareTime(twin);
    try (BinanceExchange own = adapter()) {
      before.accept(own);
    }
    begin();
  }

  private static String key(String account) {
    return account + "-key-0123456789";
  }

  private static String secret(String account) {
    return account + "-secret";
  }

  ExchangeTwin twin() {
    return twin;
  }

  List<ApplyResult> results() {
    return results;
  }

  long nowMs() {
    return nowMs.get();
  }

  int crashes() {
    return crashes;
  }

  /** Returns all plans that were written, oldest first. */
  List<ApplyPlan> plans() {
    return plans;
  }

  /** Returns an account as it was published last. */
  ExchangeAccount account(String name) {
    return published.get(name);
  }

  /** Returns the ledger's row of a symbol; null where there is none. */
  PositionLedger row(String account, String symbol) {
    return ledger.get(account + ":" + symbol);
  }

  /** Returns how long a position was seen without a stop at the most, milliseconds. */
  long longestBareMs() {
    return bare.longestMs();
  }

  /** Returns whether the user streams of all accounts stand. */
  boolean isStreaming() {
    return ACCOUNTS.stream().allMatch(exchange::isStreaming);
  }

  /** Lets the next market order keep the executor waiting so long, milliseconds. */
  void slow(long ms) {
    slowMs = ms;
  }

  /** Lets this share of the moments between two steps be the executor's last. */
  void crashShare(double share) {
    crashShare = share;
  }

  /** Lets the executor die before it calls this method of the exchange next. */
  void dieBefore(String method) {
    diesBefore = method;
  }

  /** Ends the executor, and lets another one take over that goes so far by itself. */
  void restart(ExecutorMode next) {
    mode = next;
    crashed();
  }

  private void crashed() {
    crashed(() -> {});
  }

  private void crashed(Runnable meanwhile) {
    keep();
    plansRead += committedPlans();
    exchange.close();
    meanwhile.run();
    begin();
  }

  /** Takes up what was committed. */
  private void begin() {
    clients = new MockClients(new PartitionHistory(nowMs.get(), published, results, unanswered()));
    seen = 0;
    sent = 0;
    exchange = adapter();
    session =
        new ExecutorSession(
            MockClients.settings().wallClock(nowMs::get).mode(mode).build(),
            mortal(exchange),
            clients,
            this::reached);
    session.open();
    clients.assign();
    clients.add(
        Topic.CONTROL,
        "*",
        clients.encoded(
            Topic.CONTROL,
            Control.newBuilder()
                .setAccount("*")
                .setTradingState(TradingState.ACTIVE)
                .setAtMs(0)
                .build()));
    ledger.values().forEach(this::show);
  }

  private BinanceExchange adapter() {
    return new BinanceExchange(
        TwinAddress.settings(twin),
        ACCOUNTS.stream()
            .map(each -> new ApiKey(each, key(each), Signer.hmac(secret(each))))
            .toList(),
        nowMs::get,
        RateBudget.documented(),
        SessionRecorder.none(),
        nowMs::addAndGet);
  }

  /** Lets somebody act on the exchange while there is no executor; another one takes over then. */
  void whileDown(Consumer<Exchange> act) {
    crashed(
        () -> {
          try (BinanceExchange own = adapter()) {
            act.accept(own);
          }
        });
  }

  private Map<String, ApplyPlan> unanswered() {
    Map<String, ApplyPlan> open = new LinkedHashMap<>();
    plans.forEach(plan -> open.put(plan.getPlanId(), plan));
    results.stream()
        .filter(ApplyResult::getFinalResult)
        .forEach(result -> open.remove(result.getPlanId()));
    return open;
  }

  private void reached(CrashPoint point) {
    mayCrash(1);
  }

  /** Dies by chance, so many times as often as usual. */
  private void mayCrash(int often) {
    if (random.nextDouble() < crashShare * often) {
      throw new Crash();
    }
  }

  /**
   * Returns the exchange, but the executor may die before and after each call that does something;
   * most often where it does not know what became of an order: who comes after it knows no better.
   */
  private Exchange mortal(Exchange immortal) {
    InvocationHandler dying =
        (proxy, method, arguments) -> {
          if (method.getName().equals(diesBefore)) {
            diesBefore = "";
            throw new Crash();
          }
          boolean acts = Set.of("execute", "protect", "clearProtection").contains(method.getName());
          if (acts) {
            mayCrash(1);
          }
          Object answer = method.invoke(immortal, arguments);
          if (method.getName().equals("execute")) {
            nowMs.addAndGet(slowMs);
            slowMs = 0;
          }
          if (acts) {
            mayCrash(answer instanceof OrderOutcome.Unresolved ? OFTEN : 1);
          }
          return answer;
        };
    return (Exchange)
        Proxy.newProxyInstance(
            Exchange.class.getClassLoader(), new Class<?>[] {Exchange.class}, dying);
  }

  /** Returns the stops as their owner has them on the web page. */
  OwnersStops stops() {
    return new OwnersStops(twin);
  }

  /** Writes a plan on the topic. */
  void plan(ApplyPlan plan) {
    plans.add(plan);
  }

  /**
   * Lets a second pass, and the executor do what is due; one that crashes is followed by another.
   */
  void step() {
    step(STEP_MS);
  }

  /** Lets so many milliseconds pass at once, and the executor do what is due. */
  void step(long ms) {
    nowMs.addAndGet(ms);
    twin.tick();
    try {
      for (; sent < plans.size() - plansRead; sent++) {
        ApplyPlan plan = plans.get((int) plansRead + sent);
        clients.add(Topic.APPLY_PLAN, plan.getAccount(), clients.encoded(Topic.APPLY_PLAN, plan));
      }
      Clock clock = new Clock(nowMs.get(), STEP_MS, 0);
      clients.add(Topic.CLOCK, "0", clients.encoded(Topic.CLOCK, clock));
      session.step();
      session.step();
      keep();
    } catch (Crash crash) {
      crashes++;
      crashed();
    }
    bare.look(nowMs.get());
  }

  /** Takes what was committed, and lets the account stages book it. */
  private void keep() {
    int all = clients.committed();
    for (ApplyResult result : clients.written(Topic.APPLY_RESULT, ApplyResult.class, seen)) {
      results.add(result);
      book(result);
    }
    clients
        .written(Topic.EXCHANGE_ACCOUNT, ExchangeAccount.class, seen)
        .forEach(account -> published.put(account.getAccount(), account));
    seen = all;
  }

  private long committedPlans() {
    long last = 0;
    for (Map<String, Map<TopicPartition, OffsetAndMetadata>> commit :
        clients.producer.consumerGroupOffsetsHistory()) {
      for (Map<TopicPartition, OffsetAndMetadata> offsets : commit.values()) {
        OffsetAndMetadata offset = offsets.get(MockClients.PLANS);
        last = offset == null ? last : Math.max(last, offset.offset());
      }
    }
    OffsetAndMetadata alone =
        clients.plans.committed(Set.of(MockClients.PLANS)).get(MockClients.PLANS);
    return alone == null ? last : Math.max(last, alone.offset());
  }

  private void book(ApplyResult result) {
    String key = result.getAccount() + ":" + result.getSymbol();
    PositionLedger before = ledger.get(key);
    PositionLedger after = CrashLedger.after(before, result, planOf(result));
    if (after != null) {
      ledger.put(key, after);
      show(after);
    }
  }

  private ApplyPlan planOf(ApplyResult result) {
    return plans.stream()
        .filter(plan -> plan.getPlanId().equals(result.getPlanId()))
        .findFirst()
        .orElse(null);
  }

  private void show(PositionLedger row) {
    clients.add(
        Topic.POSITION_LEDGER,
        row.getAccount() + ":" + row.getSymbol(),
        clients.encoded(Topic.POSITION_LEDGER, row));
  }

  /** Returns the position that the results come to, base units, signed. */
  BigDecimal booked(String account, String symbol) {
    return results.stream()
        .filter(each -> each.getAccount().equals(account) && each.getSymbol().equals(symbol))
        .filter(each -> each.getFill() != null)
        .map(each -> NetPosition.signed(each.getSide(), each.getFill().getQuantity()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns what happened, for a test that failed. */
  String describe() {
    return results.stream()
        .map(
            each ->
                "%s %s %s %s %s %s"
                    .formatted(
                        each.getAccount(),
                        each.getSymbol(),
                        each.getPlanId(),
                        each.getOrigin(),
                        each.getOutcome(),
                        each.getCode()))
        .collect(Collectors.joining("\n"));
  }

  @Override
  public void close() {
    exchange.close();
    twin.close();
  }
}
