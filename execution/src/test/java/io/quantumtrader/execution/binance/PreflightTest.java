package io.quantumtrader.execution.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quantumtrader.binance.ApiKey;
import io.quantumtrader.binance.RateBudget;
import io.quantumtrader.binance.Reply;
import io.quantumtrader.binance.SessionRecorder;
import io.quantumtrader.binance.Signer;
import io.quantumtrader.execution.binance.Preflight.Finding;
import io.quantumtrader.execution.binance.Preflight.Verdict;
import io.quantumtrader.execution.twin.engine.RestFault;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest extends OnTheTwin {

  private List<Finding> run(String account, String key, String secret, List<String> symbols) {
    return PreflightRun.run(
        settings(),
        new ApiKey(account, key, Signer.hmac(secret)),
        symbols,
        List.of(),
        System::currentTimeMillis,
        RateBudget.documented(),
        SessionRecorder.none());
  }

  private static Verdict verdict(List<Finding> findings, String check) {
    return findings.stream()
        .filter(each -> each.check().equals(check))
        .findFirst()
        .orElseThrow(() -> new AssertionError(check + " is not in " + findings))
        .verdict();
  }

  @Test
  void shouldPassAnAccountThatIsAsItShouldBe() {
    // when
    List<Finding> findings = run(MAIN, KEY, SECRET, List.of(BTC));

    // then
    assertThat(Preflight.passes(findings)).as("%s", findings).isTrue();
    assertThat(findings).filteredOn(each -> each.check().equals(BTC)).hasSize(1);
    assertThat(verdict(findings, "order test")).isEqualTo(Verdict.OK);
    assertThat(twin.state().orders(MAIN)).isEmpty();
  }

  @Test
  void shouldTellTheMarginModesWhereNoSymbolIsNamed() {
    // when
    List<Finding> findings = run(MAIN, KEY, SECRET, List.of());

    // then
    assertThat(findings)
        .filteredOn(each -> each.check().equals("margin and leverage"))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.verdict()).isEqualTo(Verdict.OK);
              assertThat(each.message()).matches("cross(ed)? margin in \\d+ symbols; leverage .*");
            });
  }

  @Test
  void shouldRefuseHedgeModeAndLeaveItAsItIs() {
    // when
    List<Finding> findings = run(HEDGED, "hedgedKey0123456789", "hedgedSecret", List.of());

    // then
    assertThat(verdict(findings, "position mode")).isEqualTo(Verdict.REFUSED);
    assertThat(Preflight.passes(findings)).isFalse();
    assertThat(verdict(run(HEDGED, "hedgedKey0123456789", "hedgedSecret", List.of()), "key"))
        .isEqualTo(Verdict.OK);
  }

  @Test
  void shouldRefuseAKeyThatTheExchangeDoesNotKnow() {
    // when
    List<Finding> findings = run(MAIN, KEY, "wrongSecret", List.of());

    // then
    assertThat(verdict(findings, "key")).isEqualTo(Verdict.REFUSED);
    assertThat(findings.toString()).doesNotContain("wrongSecret").doesNotContain(KEY);
  }

  @Test
  void shouldRefuseASymbolThatIsNotListedAndAnOrderThatIsRefused() {
    // given
    twin.faults().next("POST", "/fapi/v1/order/test", RestFault.refusal(400, -4164, "notional"), 1);

    // when
    List<Finding> refused = run(MAIN, KEY, SECRET, List.of());
    List<Finding> unlisted = run(MAIN, KEY, SECRET, List.of("NOSUCHUSDT"));

    // then
    assertThat(verdict(refused, "order test")).isEqualTo(Verdict.REFUSED);
    assertThat(verdict(unlisted, "NOSUCHUSDT")).isEqualTo(Verdict.REFUSED);
    assertThat(verdict(unlisted, "order test")).isEqualTo(Verdict.REFUSED);
  }

  private static Reply json(String text) {
    try {
      return new Reply.Success(new JsonMapper().readTree(text));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Preflight.Answers answers(
      String config, Reply restrictions, boolean realMoney, long offsetMs, int weight) {
    return new Preflight.Answers(
        realMoney,
        json("{}"),
        json(config),
        restrictions,
        json("[{\"symbol\":\"BTCUSDT\",\"marginType\":\"CROSSED\",\"leverage\":20}]"),
        Optional.of(json("{}")),
        Optional.of(offsetMs),
        weight,
        List.of("chmod 600 keys"));
  }

  private static final String GOOD = "{\"canTrade\":true,\"dualSidePosition\":false}";

  @ParameterizedTest
  @CsvSource({
    "0, 2400, OK, OK",
    "-1000, 400, OK, OK",
    "1001, 399, COMPLAINT, REFUSED",
    "-5000, 2400, COMPLAINT, OK",
    "5001, 2400, REFUSED, OK"
  })
  void shouldJudgeClockAndWeightAtTheirLimits(
      long offsetMs, int weight, Verdict clock, Verdict weightVerdict) {
    // when
    List<Finding> findings =
        Preflight.judge(answers(GOOD, json("{}"), true, offsetMs, weight), List.of());

    // then
    assertThat(verdict(findings, "clock")).isEqualTo(clock);
    assertThat(verdict(findings, "weight")).isEqualTo(weightVerdict);
  }

  @Test
  void shouldComplainOfWhatAKeyNeedsNot() {
    // given
    Reply all = json("{\"enableFutures\":true,\"enableWithdrawals\":true,\"ipRestrict\":false}");
    String multi = "{\"canTrade\":true,\"dualSidePosition\":false,\"multiAssetsMargin\":true}";

    // when
    List<Finding> findings = Preflight.judge(answers(multi, all, true, 0, 2400), List.of());

    // then
    for (String check : List.of("withdrawals", "addresses", "asset mode", "keys are kept")) {
      assertThat(verdict(findings, check)).isEqualTo(Verdict.COMPLAINT);
    }
    assertThat(Preflight.passes(findings)).isTrue();
  }

  @Test
  void shouldRefuseWhatMayNotTrade() {
    // given
    Reply none = json("{\"enableFutures\":false}");

    // when
    List<Finding> findings = Preflight.judge(answers("{}", none, true, 0, 2400), List.of());

    // then
    for (String check : List.of("may trade", "position mode", "futures")) {
      assertThat(verdict(findings, check)).isEqualTo(Verdict.REFUSED);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, COMPLAINT", "false, OK"})
  void shouldComplainWhereRealMoneyIsAtStakeAndTheKeyIsNotKnown(boolean real, Verdict verdict) {
    // given
    Reply unknown = new Reply.Refused(0, 0, "not there");

    // then
    assertThat(
            verdict(
                Preflight.judge(answers(GOOD, unknown, real, 0, 2400), List.of()),
                "what the key may do"))
        .isEqualTo(verdict);
  }
}
