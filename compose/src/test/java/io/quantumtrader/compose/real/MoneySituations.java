package io.quantumtrader.compose.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.testing.CommandRun;
import io.quantumtrader.console.health.HealthCost;
import java.util.List;

/** What goes wrong with the money of one account while another one is well. */
final class MoneySituations {

  private static final String BTC = "BTCUSDT";
  private static final String ETH = "ETHUSDT";

  private MoneySituations() {}

  static List<Situation> all() {
    return List.of(
        Situation.of(
            "a policy that was lowered below what is open",
            HealthCost.POSITIONS_OVER_LIMIT,
            MoneySituations::overTheLimit),
        Situation.of(
            "equity that was paid out from under positions",
            HealthCost.EXPOSURE_HIGH,
            "The exposure is too high",
            MoneySituations::exposed),
        Situation.of(
            "a wallet that is emptied under high leverage",
            HealthCost.MARGIN_LOW,
            "The margin is low",
            MoneySituations::lowMargin));
  }

  private static void overTheLimit(BrokenPipeline pipeline) {
    // given
    pipeline.enter("second", BTC, "100", 2);
    pipeline.enter("third", BTC, "100", 2);
    pipeline.enter("third", ETH, "100", 2);
    pipeline.awaitWell();

    // when
    setMost("third", 1, pipeline);

    // then
    assertThat(pipeline.awaitCost(HealthCost.POSITIONS_OVER_LIMIT, "third has 2 positions"))
        .isEqualTo("third has 2 positions, its policy allows 1");
    assertThat(pipeline.codeOf(pipeline.intend("third", "BNBUSDT", "100", 2)))
        .isEqualTo("POSITION_LIMIT");

    // mended
    setMost("third", 30, pipeline);
    pipeline.awaitWell();
    pipeline.flatten();
  }

  private static void setMost(String account, int most, BrokenPipeline pipeline) {
    pipeline.run(
        "policy",
        "set",
        "maxPositions=" + most,
        "--account",
        account,
        "--reason",
        "a situation",
        "--wait",
        "0",
        "--even-if-exceeded");
    pipeline.awaitOrdersInForce();
  }

  private static void exposed(BrokenPipeline pipeline) {
    // given
    pipeline.enter("main", BTC, "2990", 1);
    pipeline.enter("main", ETH, "2990", 1);
    pipeline.enter("second", BTC, "2990", 1);
    pipeline.awaitWell();

    // when
    pipeline.exchange().pay("main", "-3000");

    // then
    assertThat(pipeline.awaitCost(HealthCost.EXPOSURE_HIGH, "main", "85."))
        .doesNotContain("second", "more");
    assertThat(pipeline.run("status", "--account", "main"))
        .containsPattern("exposure 85\\.\\d %? ?of 80.* OVER");
    assertThat(pipeline.run("positions", "--account", "main")).contains(BTC, ETH);
    assertThat(pipeline.codeOf(pipeline.intend("main", "BNBUSDT", "1000", 1)))
        .isEqualTo("EXPOSURE_LIMIT");

    // mended by the command that the section names
    pipeline.run("flatten", "--account", "main", "--reason", "too much of it");
    pipeline.awaitWell();
    pipeline.exchange().pay("main", "3000");
    pipeline.flatten();
  }

  private static void lowMargin(BrokenPipeline pipeline) {
    // given
    pipeline.enter("fourth", BTC, "298", 10);
    pipeline.enter("fourth", ETH, "298", 10);
    pipeline.enter("second", BTC, "298", 10);
    pipeline.awaitWell();

    // when
    pipeline.exchange().pay("fourth", "-8850");

    // then
    assertThat(pipeline.awaitCost(HealthCost.MARGIN_LOW, "fourth", "19."))
        .doesNotContain("second", "more");
    CommandRun health = pipeline.tryOut("health");
    assertThat(health.code()).as("a warning").isEqualTo(3);
    assertThat(health.out()).contains("fourth has a margin ratio of 19.");
    assertThat(pipeline.run("status", "--account", "fourth"))
        .containsPattern("margin ratio 19\\.\\d %? ?of at least 20.* OVER");
    assertThat(pipeline.run("positions", "--account", "fourth", "--json"))
        .containsPattern("\"liquidationPrice\":\"?[1-9]");
    assertThat(pipeline.codeOf(pipeline.intend("fourth", "BNBUSDT", "50", 10)))
        .isEqualTo("MARGIN_RATIO_LIMIT");

    // mended as the section says
    pipeline.exchange().pay("fourth", "8850");
    pipeline.awaitWell();
    pipeline.flatten();
  }
}
