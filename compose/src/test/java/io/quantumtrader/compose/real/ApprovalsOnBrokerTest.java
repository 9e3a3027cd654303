package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.app.parts.Endpoints;
import io.quantumtrader.app.parts.ExecutorOptions;
import io.quantumtrader.app.parts.PipelineParts;
import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.console.order.OrderRefusedException;
import io.quantumtrader.execution.executor.ExecutorTrouble;
import io.quantumtrader.execution.executor.PlanExecutor;
import io.quantumtrader.execution.paper.PaperExchange;
import io.quantumtrader.execution.paper.PaperSettings;
import io.quantumtrader.schemas.avro.ApplyPlan;
import io.quantumtrader.schemas.avro.ApplyResult;
import io.quantumtrader.schemas.avro.Approval;
import io.quantumtrader.schemas.avro.Candle;
import io.quantumtrader.schemas.avro.Control;
import io.quantumtrader.schemas.avro.OrderSide;
import io.quantumtrader.schemas.avro.Permit;
import io.quantumtrader.schemas.avro.PermitKind;
import io.quantumtrader.schemas.avro.PlanAction;
import io.quantumtrader.schemas.avro.TradingState;
import io.quantumtrader.schemas.reason.ReasonCode;
import io.quantumtrader.schemas.topic.Accounts;
import io.quantumtrader.schemas.topic.Topic;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Entries that wait for a person, on a real broker: listed, granted and refused as one types it.
 */
@Tag("real")
final class ApprovalsOnBrokerTest {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String FIRST = "00000000000000a1";
  private static final String SECOND = "00000000000000a2";

  private final RealPipeline pipeline = RealPipeline.fresh();
  private final ScheduledExecutorService feed = Executors.newSingleThreadScheduledExecutor();
  private PlanExecutor executor;

  /** Reads the options as the commands do. */
  @Command
  private static final class Approve {
    @Mixin private ExecutorOptions executor = new ExecutorOptions();
  }

  /**
   * Starts an executor of two accounts, and a feed that does not say its name.
   *
   * @param market of the exchange; empty where it has none of its own
   */
  private void start(String mode, Optional<String> market) {
    Approve options = new Approve();
    var unused =
        new CommandLine(options)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .parseArgs("--mode", mode);
    Endpoints endpoints =
        new Endpoints(pipeline.stack().bootstrapServers(), pipeline.stack().schemaRegistryUrl());
    PaperSettings paper = PaperSettings.DEFAULT.withAccounts(List.of("main", "second"));
    executor =
        new PipelineParts(endpoints, RealPipeline.COUNTS)
            .executor(() -> new PaperExchange(paper), "approvals", options.executor, market);
    executor.start();
    pipeline.send(
        Topic.CONTROL,
        "*",
        Control.newBuilder()
            .setAccount("*")
            .setTradingState(TradingState.ACTIVE)
            .setAtMs(1)
            .build(),
        1);
    pipeline.send(Topic.MARK, "ETHUSDT", mark(), System.currentTimeMillis());
    var unusedStep = feed.scheduleWithFixedDelay(this::step, 0, 500, TimeUnit.MILLISECONDS);
  }

  private void step() {
    pipeline.clock(System.currentTimeMillis());
  }

  @AfterEach
  void close() throws Exception {
    feed.shutdown();
    assertThat(feed.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    executor.close();
    pipeline.close();
  }

  private static Candle mark() {
    BigDecimal price = new BigDecimal("2000.5").setScale(18);
    long nowMs = System.currentTimeMillis();
    return new Candle(
        "ETHUSDT",
        nowMs - 60_000,
        60_000L,
        price,
        price,
        price,
        price,
        BigDecimal.ZERO.setScale(18));
  }

  private void plan(String id, String account) {
    long nowMs = System.currentTimeMillis();
    pipeline.send(Topic.APPLY_PLAN, account, entry(id, account, nowMs, 600_000), nowMs);
  }

  /** Returns an entry of half an ETH with its permit, which lives so long. */
  static ApplyPlan entry(String id, String account, long nowMs, long livesMs) {
    BigDecimal quantity = new BigDecimal("0.5").setScale(18);
    BigDecimal zero = BigDecimal.ZERO.setScale(18);
    return ApplyPlan.newBuilder()
        .setPlanId(id)
        .setAccount(account)
        .setSymbol("ETHUSDT")
        .setSide(OrderSide.BUY)
        .setAction(PlanAction.ENTRY)
        .setReduceOnly(false)
        .setQuantity(quantity)
        .setPrice(new BigDecimal("2000.5").setScale(18))
        .setLeverage(2)
        .setMargin(zero)
        .setNotional(zero)
        .setPermit(
            Permit.newBuilder()
                .setPlanId(id)
                .setAccount(account)
                .setSymbol("ETHUSDT")
                .setKind(PermitKind.P33)
                .setGrantedAtMs(nowMs)
                .setExpiresAtMs(nowMs + livesMs)
                .setQuantity(quantity)
                .setPositionQuantity(zero)
                .setReason("")
                .build())
        .setCreatedAtMs(nowMs)
        .build();
  }

  private CommandRun run(String... words) {
    List<String> command = new ArrayList<>(List.of("approvals"));
    command.addAll(List.of(words));
    return pipeline.run(command);
  }

  private List<String> waiting() throws Exception {
    List<String> ids = new ArrayList<>();
    for (String line : run("list", "--json").out().lines().toList()) {
      ids.add(new ObjectMapper().readTree(line).get("planId").asText());
    }
    return ids;
  }

  @Test
  void shouldListGrantAndRefuseWhatWaits() throws Exception {
    // given
    start("approve", Optional.empty());
    plan(FIRST, "main");
    plan(SECOND, "second");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(waiting()).containsExactlyInAnyOrder(FIRST, SECOND));

    // when
    CommandRun granted = run("grant", FIRST);
    CommandRun refused = run("refuse", SECOND, "--reason", "too large");

    // then
    assertThat(granted.code()).as(granted.err()).isZero();
    assertThat(granted.out()).startsWith("FILLED 0.5 at 2000.");
    assertThat(granted.err()).contains("Granted: BUY 0.5 ETHUSDT of account main.");
    assertThat(refused.code()).as(refused.err()).isZero();
    assertThat(refused.out()).startsWith("REJECTED APPROVAL_REFUSED");
    assertThat(waiting()).isEmpty();

    // when it is answered again
    CommandRun again = run("grant", FIRST);
    CommandRun unknown = run("grant", "00000000000000ff");

    // then
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("does not wait any more: FILLED 0.5");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).contains("no entry with the plan id 00000000000000ff waits");
  }

  @Test
  void shouldFillWhatIsGrantedFromThePageAndNothingThatIsRefused() throws Exception {
    // given
    start("approve", Optional.empty());
    plan(FIRST, "main");
    plan(SECOND, "second");
    try (PageOrders page = PageOrders.of(pipeline)) {
      await().atMost(SOON).until(() -> page.waiting().size() == 2);

      // when
      String granted = page.answer(FIRST, true);
      String refused = page.answer(SECOND, false);

      // then
      assertThat(granted).isEqualTo("granted: BUY 0.5 ETHUSDT of account main");
      assertThat(refused).isEqualTo("refused: BUY 0.5 ETHUSDT of account second");
      await().atMost(SOON).until(() -> page.waiting().isEmpty());
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(pipeline.values(Topic.APPLY_RESULT, ApplyResult.class))
                      .filteredOn(ApplyResult::getFinalResult)
                      .extracting(
                          ApplyResult::getPlanId,
                          result -> result.getOutcome().name(),
                          ApplyResult::getCode)
                      .containsExactlyInAnyOrder(
                          tuple(FIRST, "FILLED", ""),
                          tuple(SECOND, "REJECTED", ReasonCode.APPROVAL_REFUSED.name())));
      assertThat(pipeline.values(Topic.APPROVAL, Approval.class))
          .extracting(Approval::getAccount, Approval::getGivenBy, Approval::getReason)
          .containsExactlyInAnyOrder(
              tuple("main", "console", "by the page"), tuple("second", "console", "by the page"));
      assertThatThrownBy(() -> page.answer(FIRST, true))
          .isInstanceOf(OrderRefusedException.class)
          .hasMessage("no entry with the plan id " + FIRST + " waits");
    }
  }

  @Test
  void shouldSendNoEntryOfEitherPartitionAtThePricesOfAnotherMarket() {
    // given
    int partitions = RealPipeline.COUNTS.account();
    assertThat(Accounts.partitionOf("main", partitions))
        .isNotEqualTo(Accounts.partitionOf("second", partitions));
    start("trade", Optional.of("binance:elsewhere"));

    // when
    plan(FIRST, "main");
    plan(SECOND, "second");

    // then
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(pipeline.values(Topic.APPLY_RESULT, ApplyResult.class))
                    .filteredOn(ApplyResult::getFinalResult)
                    .extracting(ApplyResult::getPlanId, ApplyResult::getCode)
                    .containsExactlyInAnyOrder(
                        tuple(FIRST, ReasonCode.MARKET_NOT_OF_EXCHANGE.name()),
                        tuple(SECOND, ReasonCode.MARKET_NOT_OF_EXCHANGE.name())));
    assertThat(executor.troubles(ExecutorTrouble.FOREIGN_MARKET)).isEqualTo(partitions);
  }
}
