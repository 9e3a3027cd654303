package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quantumtrader.app.Quantum;
import io.quantumtrader.console.health.HealthCost;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.List;

/** What goes wrong on the way from an intent to a trade. */
final class FlowSituations {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";

  private FlowSituations() {}

  static List<Situation> all() {
    return List.of(
        Situation.of("a halted account", "Nothing trades", FlowSituations::nothingTrades),
        Situation.of(
            "an agent that wants to close while all is halted",
            "Nothing closes",
            FlowSituations::nothingCloses),
        Situation.of("no intents", "The agent is silent", FlowSituations::silentAgent),
        Situation.of(
            "an intent that is sent twice", "A trade happened twice", FlowSituations::doubledTrade),
        Situation.of("no executor", HealthCost.READER_BEHIND, FlowSituations::noExecutor),
        Situation.of(
            "plans that nobody executes", HealthCost.PLANS_WAITING, FlowSituations::plansWait));
  }

  private static void nothingTrades(BrokenPipeline pipeline) {
    // when
    setState("HALTED", pipeline);

    // then
    for (int i = 0; i < 3; i++) {
      assertThat(pipeline.codeOf(pipeline.intend("second", BTC, "100", 2)))
          .isEqualTo("TRADING_HALTED");
    }
    pipeline.enter("main", BTC, "100", 2);
    assertThat(
            pipeline.run("decisions", "--denials", "--account", "second").lines().toList().get(1))
        .contains("TRADING_HALTED");
    assertThat(pipeline.run("status", "--account", "second")).contains("second HALTED");
    assertThat(pipeline.run("control", "show")).contains("second", "HALTED");

    // mended
    setState("ACTIVE", pipeline);
    pipeline.enter("second", BTC, "100", 2);
    pipeline.awaitWell();
    pipeline.flatten();
  }

  /** The command waits for a decision that shows it, and in this market there is none. */
  private static void setState(String state, BrokenPipeline pipeline) {
    pipeline.run(
        "control", "state", state, "--account", "second", "--reason", "a situation", "--no-wait");
    pipeline.awaitOrdersInForce();
  }

  private static void nothingCloses(BrokenPipeline pipeline) {
    // given
    pipeline.enter("main", BTC, "100", 2);
    pipeline.enter("second", BTC, "100", 2);
    setState("HALTED", pipeline);

    // when
    String wanted = pipeline.intendToClose("second", BTC);

    // then
    assertThat(pipeline.codeOf(wanted)).isEqualTo("TRADING_HALTED");
    assertThat(pipeline.run("why", wanted)).contains("TRADING_HALTED");
    assertThat(pipeline.run("decisions", "--verdict", "denied", "--account", "second"))
        .contains("HALTED");
    assertThat(pipeline.exchange().amount("second", BTC)).isPositive();

    // mended by the command that closes whatever the gates say
    pipeline.run("control", "close", BTC, "--account", "second", "--reason", "it has to go");
    await()
        .atMost(BrokenPipeline.PATIENCE)
        .until(() -> pipeline.exchange().amount("second", BTC).signum() == 0);
    assertThat(pipeline.exchange().amount("main", BTC)).isPositive();
    setState("ACTIVE", pipeline);
    assertThat(pipeline.codeOf(pipeline.intendToClose("main", BTC))).isEqualTo("CLOSE_GRANTED");
    pipeline.awaitWell();
    pipeline.flatten();
  }

  /** What the command shows of rates comes with its second look. */
  private static void silentAgent(BrokenPipeline pipeline) throws Exception {
    // given: the last intent is some time ago
    StringWriter shown = new StringWriter();
    Thread top =
        Thread.ofPlatform()
            .start(
                () ->
                    Quantum.commandLine()
                        .setOut(new PrintWriter(shown, true))
                        .setErr(new PrintWriter(new StringWriter()))
                        .execute(pipeline.words("top")));

    // then
    try {
      await()
          .atMost(BrokenPipeline.PATIENCE)
          .until(() -> shown.toString().contains("intent 0.0/s"));
    } finally {
      top.interrupt();
      top.join();
    }
    assertThat(pipeline.run("funnel")).isNotBlank();

    // mended: somebody sends again
    pipeline.intend("main", BTC, "100", 2);
    await().atMost(BrokenPipeline.PATIENCE).until(() -> perSecond(pipeline) > 0);
    pipeline.awaitWell();
    pipeline.flatten();
  }

  private static double perSecond(BrokenPipeline pipeline) {
    for (var topic : pipeline.ask("/api/pipeline").get("topics")) {
      if (topic.get("topic").asText().equals("quantum.trade.intent")) {
        return topic.get("perSecond").asDouble();
      }
    }
    throw new AssertionError("the pipeline shows no intents");
  }

  private static void doubledTrade(BrokenPipeline pipeline) {
    // given
    pipeline.enter("main", BTC, "100", 2);
    BigDecimal once = pipeline.exchange().amount("main", BTC);

    // when it is tried again under another id, and another one twice under the same
    String other = pipeline.intend("main", BTC, "100", 2);
    String again = pipeline.intend("a-retry", "second", ETH, "100", 2);
    assertThat(pipeline.codeOf(again)).isEqualTo("PERMIT_GRANTED");
    pipeline.intend("a-retry", "second", ETH, "100", 2);

    // then
    assertThat(pipeline.codeOf(other)).isEqualTo("ALREADY_OPEN");
    await()
        .atMost(BrokenPipeline.PATIENCE)
        .until(() -> pipeline.codeOf(again).equals("INTENT_DUPLICATE"));
    assertThat(pipeline.run("why", again)).contains("INTENT_DUPLICATE");
    assertThat(pipeline.run("why", other)).contains("ALREADY_OPEN");
    await().atMost(BrokenPipeline.PATIENCE).until(() -> pipeline.exchange().hasStop("second", ETH));
    assertThat(pipeline.exchange().amount("main", BTC)).isEqualByComparingTo(once);
    assertThat(pipeline.exchange().amount("second", ETH))
        .as("about what one order is for")
        .isBetween(once.subtract(BigDecimal.valueOf(0.1)), once.add(BigDecimal.valueOf(0.1)));

    // mended
    pipeline.flatten();
  }

  private static void noExecutor(BrokenPipeline pipeline) {
    pipeline.stopExecutor();
    pipeline.awaitCost(HealthCost.READER_BEHIND, "quantum-executor is ", "records behind");

    pipeline.startExecutor();
    pipeline.awaitWell();
  }

  private static void plansWait(BrokenPipeline pipeline) throws Exception {
    // given
    pipeline.stopExecutor();

    // when
    for (String account : BrokenPipeline.ACCOUNTS) {
      for (String symbol : BrokenPipeline.ALL) {
        pipeline.intend(account, symbol, "10", 2);
      }
    }

    // then: nobody reads them, and nobody answers them
    int all = BrokenPipeline.ACCOUNTS.size() * BrokenPipeline.ALL.size();
    await()
        .atMost(BrokenPipeline.PATIENCE)
        .until(
            () ->
                pipeline
                    .awaitCosts(HealthCost.PLANS_WAITING, HealthCost.READER_BEHIND)
                    .get(HealthCost.PLANS_WAITING),
            (all + " plans have no final result")::equals);

    // mended: each is answered without an order, for its permit has lapsed
    pipeline.market().pass(2);
    pipeline.startExecutor();
    pipeline.awaitWell();
    assertThat(pipeline.ask("/api/reservations")).isEmpty();
    assertThat(pipeline.ask("/api/positions")).isEmpty();
  }
}
