package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.execution.twin.SignedClient.Answer;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.math.BigDecimal;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each code that an order may be refused with, provoked over HTTP. */
final class TwinCodesTest extends TwinTestBase {
  private static final String ORDER = "/fapi/v1/order";
  private static final String ALGO = "/fapi/v1/algoOrder";
  private static final String STOP =
      "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET";

  @Test
  void shouldRefuseASymbolThatIsNotListed() {
    refused(client.market("NONEUSDT", "BUY", "1", ""), -1121);
  }

  @Test
  void shouldRefuseQuantitiesThatDoNotFit() {
    refused(client.market(BTC, "BUY", "0", ""), -4003);
    refused(client.market(BTC, "BUY", "-0.001", ""), -4003);
    refused(client.market(BTC, "BUY", "0.0105", ""), -1111);
    refused(client.market(BTC, "BUY", "120.001", ""), -4005);
    refused(client.market(BTC, "BUY", "", ""), -1102);
    refused(client.market(BTC, "BUY", "much", ""), -1102);
  }

  @Test
  void shouldRefuseWhatIsOffTheStepOrTheTick() {
    refused(client.market("ODDUSDT", "BUY", "12", ""), -4023);
    refused(client.market("ODDUSDT", "BUY", "5", ""), -4004);
    taken(client.market("ODDUSDT", "BUY", "10", ""));
    refused(
        client.signed(
            "POST",
            ORDER,
            "symbol=ODDUSDT&type=LIMIT&side=BUY&quantity=10&price=99.7&timeInForce=GTC"),
        -4014);
  }

  @Test
  void shouldRefuseAContractThatDoesNotTrade() {
    refused(client.market("OLDUSDT", "BUY", "1", ""), -4140);
  }

  @Test
  void shouldTakeTwoHundredOrdersInASymbolAndNoMore() {
    for (int i = 0; i < TwinSymbol.MAX_ORDERS; i++) {
      taken(limit("BUY", "0.002", "58000", "GTC"));
    }

    refused(limit("BUY", "0.002", "58000", "GTC"), -2025);
    String type = "/fapi/v1/marginType";
    refused(client.signed("POST", type, "symbol=BTCUSDT&marginType=ISOLATED"), -4047);
    refused(client.signed("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true"), -4067);
  }

  @Test
  void shouldRefusePricesThatDoNotFit() {
    refused(limit("BUY", "0.01", "0", "GTC"), -4013);
    refused(limit("BUY", "0.01", "59000.05", "GTC"), -1111);
    refused(limit("BUY", "0.01", "63000.1", "GTC"), -4016);
    refused(limit("SELL", "0.01", "56999.9", "GTC"), -4024);
    refused(limit("BUY", "0.01", "59000", "SOON"), -1115);
    refused(limit("BUY", "0.01", "60001", "GTX"), -5022);
  }

  @Test
  void shouldRefuseATriggerPriceOffTheTick() {
    Answer off = client.signed("POST", ALGO, STOP + "&quantity=0.01&triggerPrice=59000.05");

    refused(off, -1111);
  }

  @Test
  void shouldRefuseWhatIsTooSmallUnlessItCloses() {
    refused(client.market(BTC, "BUY", "0.001", ""), -4164);
    taken(client.market(BTC, "BUY", "0.002", ""));
    taken(client.market(BTC, "SELL", "0.001", "&reduceOnly=true"));
  }

  @Test
  void shouldRefuseWhatTheMarginDoesNotCarry() {
    refused(client.market(BTC, "BUY", "3.400", ""), -2019);
    taken(client.market(BTC, "BUY", "3.000", ""));
    refused(client.market(BTC, "BUY", "1.000", ""), -2019);
  }

  @Test
  void shouldRefuseWhatTheBracketDoesNotAllow() {
    client.signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=125");

    refused(client.market(BTC, "BUY", "0.900", ""), -2027);
    taken(client.market(BTC, "BUY", "0.800", ""));
  }

  @Test
  void shouldRefuseLeverageOutsideTheBrackets() {
    refused(leverage(126), -4028);
    refused(leverage(0), -4028);
    taken(client.market(BTC, "BUY", "3.000", ""));
    refused(leverage(125), -2027);
    refused(leverage(1), -2028);
    taken(leverage(20));
  }

  @Test
  @Tag("assumes-reduce-only-lowered")
  void shouldRefuseToReduceWhatIsNotThere() {
    refused(client.market(BTC, "SELL", "0.010", "&reduceOnly=true"), -2022);
    taken(client.market(BTC, "BUY", "0.010", ""));
    refused(client.market(BTC, "BUY", "0.010", "&reduceOnly=true"), -2022);
    taken(client.market(BTC, "SELL", "0.500", "&reduceOnly=true"));
    assertThat(twin.state().amount(ACCOUNT, BTC)).isEqualByComparingTo("0");
  }

  @Test
  @Tag("assumes-conditional-takes-position")
  void shouldRefuseACloseThatRestingReduceOnlyOrdersUseUp() {
    taken(client.market(BTC, "BUY", "0.010", ""));
    taken(client.signed("POST", ALGO, STOP + "&quantity=0.010&reduceOnly=true&triggerPrice=59000"));

    refused(client.market(BTC, "SELL", "0.010", "&reduceOnly=true"), -4118);

    client.signed("DELETE", "/fapi/v1/algoOpenOrders", "symbol=BTCUSDT");
    taken(client.market(BTC, "SELL", "0.010", "&reduceOnly=true"));
  }

  @Test
  void shouldLetAClosePassBesideOrdersThatCloseThePosition() {
    taken(client.market(BTC, "BUY", "0.010", ""));
    taken(client.signed("POST", ALGO, STOP + "&closePosition=true&triggerPrice=59000"));

    taken(client.market(BTC, "SELL", "0.010", "&reduceOnly=true"));
  }

  @Test
  @Tag("assumes-one-closing-order")
  void shouldRefuseASecondOrderThatClosesThePosition() {
    String close = STOP + "&closePosition=true&triggerPrice=";
    refused(client.signed("POST", ALGO, close + "59000"), -4509);
    taken(client.market(BTC, "BUY", "0.010", ""));
    taken(client.signed("POST", ALGO, close + "59000"));
    refused(client.signed("POST", ALGO, close + "59500"), -4130);
    taken(
        client.signed(
            "POST",
            ALGO,
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=TAKE_PROFIT_MARKET"
                + "&closePosition=true&triggerPrice=61000"));
    taken(client.signed("POST", ALGO, STOP + "&quantity=0.010&reduceOnly=true&triggerPrice=59500"));
  }

  @Test
  @Tag("assumes-closing-order-expires")
  void shouldRefuseClosePositionWithWhatItExcludes() {
    taken(client.market(BTC, "BUY", "0.010", ""));
    String close = STOP + "&closePosition=true&triggerPrice=59000";

    refused(client.signed("POST", ALGO, close + "&reduceOnly=true"), -1106);
    refused(client.signed("POST", ALGO, close + "&quantity=0.01"), -4137);
  }

  @Test
  void shouldRefuseAStopThatWouldTriggerAtOnce() {
    taken(client.market(BTC, "BUY", "0.010", ""));

    refused(client.signed("POST", ALGO, STOP + "&closePosition=true&triggerPrice=60000"), -2021);
    refused(
        client.signed(
            "POST",
            ALGO,
            "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=TAKE_PROFIT_MARKET"
                + "&closePosition=true&triggerPrice=60000"),
        -2021);
    taken(client.signed("POST", ALGO, STOP + "&closePosition=true&triggerPrice=59999.9"));
  }

  @Test
  void shouldTakeTwoHundredConditionalOrdersAndNoMore() {
    taken(client.market(BTC, "BUY", "0.010", ""));
    String stop = STOP + "&quantity=0.001&reduceOnly=true&triggerPrice=";
    for (int i = 0; i < TwinSymbol.MAX_CONDITIONAL_ORDERS; i++) {
      taken(client.signed("POST", ALGO, stop + (50_000 + i)));
    }

    refused(client.signed("POST", ALGO, stop + "59000"), -4045);
  }

  @Test
  void shouldRefuseConditionalOrdersAtTheOldAddress() {
    for (String type : new String[] {"STOP_MARKET", "TAKE_PROFIT_MARKET", "STOP"}) {
      refused(
          client.signed(
              "POST", ORDER, "symbol=BTCUSDT&side=SELL&type=" + type + "&stopPrice=59000"),
          -4120);
    }
    refused(client.signed("POST", ORDER, "symbol=BTCUSDT&side=SELL&type=ODD"), -1116);
    refused(client.signed("POST", ORDER, "symbol=BTCUSDT&side=UP&type=MARKET&quantity=1"), -1117);
  }

  @Test
  void shouldRefuseAClientIdTwiceWhileTheFirstIsOpen() {
    twin.matching(faults -> faults.fillDelayMs(10_000));
    taken(client.market(BTC, "BUY", "0.010", "&newClientOrderId=same"));

    refused(client.market(BTC, "BUY", "0.010", "&newClientOrderId=same"), -4116);
    refused(client.market(BTC, "BUY", "0.010", "&newClientOrderId=not%20one"), -4015);
  }

  @Test
  void shouldRefuseWhenTheMarketIsTooFarFromTheMark() {
    twin.price(BTC, new BigDecimal("63000"));
    twin.mark(BTC, new BigDecimal("60000"));

    refused(client.market(BTC, "BUY", "0.010", ""), -4131);
    taken(client.market(BTC, "SELL", "0.010", ""));
  }

  @Test
  void shouldRefusePositionSidesOfTheOtherMode() {
    refused(client.market(BTC, "BUY", "0.010", "&positionSide=LONG"), -4061);
    refused(client.market(BTC, "BUY", "0.010", "&positionSide=LONG&reduceOnly=true"), -1106);
    try (SignedClient hedged =
        new SignedClient(twin.restUrl(), "fedcba9876543210KEY", "another-secret", twin::nowMs)) {
      refused(hedged.market(BTC, "BUY", "0.010", ""), -4061);
      taken(hedged.market(BTC, "BUY", "0.010", "&positionSide=LONG"));
      taken(hedged.market(BTC, "SELL", "0.010", "&positionSide=SHORT"));
      assertThat(twin.state().positions("other")).hasSize(2);
      assertThat(
              hedged
                  .signed("GET", "/fapi/v1/positionSide/dual", "")
                  .body()
                  .path("dualSidePosition")
                  .asBoolean())
          .isTrue();
    }
  }

  @Test
  void shouldRefuseMarginTypeAndModesAsTheyAre() {
    String type = "/fapi/v1/marginType";
    refused(client.signed("POST", type, "symbol=BTCUSDT&marginType=CROSSED"), -4046);
    taken(client.signed("POST", type, "symbol=BTCUSDT&marginType=ISOLATED"));
    taken(client.signed("POST", type, "symbol=BTCUSDT&marginType=CROSSED"));
    taken(client.market(BTC, "BUY", "0.010", ""));
    refused(client.signed("POST", type, "symbol=BTCUSDT&marginType=ISOLATED"), -4048);
    refused(client.signed("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=false"), -4059);
    refused(client.signed("POST", "/fapi/v1/positionSide/dual", "dualSidePosition=true"), -4068);
    refused(client.signed("POST", "/fapi/v1/multiAssetsMargin", "multiAssetsMargin=false"), -4171);
  }

  @Test
  void shouldNotFindWhatIsNotThere() {
    refused(client.signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=none"), -2013);
    refused(client.signed("DELETE", ORDER, "symbol=BTCUSDT&orderId=1"), -2011);
    refused(client.signed("GET", ORDER, "symbol=BTCUSDT"), -1102);
    refused(client.signed("GET", ALGO, "clientAlgoId=none"), -2013);
    refused(client.signed("DELETE", ALGO, "clientAlgoId=none"), -2011);
    refused(client.signed("PUT", "/fapi/v1/listenKey", ""), -1125);
    assertThat(client.signed("GET", "/fapi/v1/nothing", "").status()).isEqualTo(404);
  }

  @Test
  void shouldRefuseTimeSpansThatAreTooLong() {
    long start = START_MS - 8 * 86_400_000L;
    String trades = "/fapi/v1/userTrades";
    refused(
        client.signed("GET", trades, "symbol=BTCUSDT&startTime=" + start + "&endTime=" + START_MS),
        -4165);
    refused(client.signed("GET", trades, "symbol=BTCUSDT&startTime=2&endTime=1"), -1023);
  }

  @Test
  void shouldRefuseToPayOutWhatIsNotFree() {
    taken(client.market(BTC, "BUY", "3.000", ""));

    refused(client.command("transfer", "{\"account\":\"main\",\"amount\":\"-9000\"}"), -2018);
    taken(client.command("transfer", "{\"account\":\"main\",\"amount\":\"-800\"}"));
  }

  @Test
  void shouldCheckAnOrderWithoutTakingIt() {
    taken(
        client.signed(
            "POST", "/fapi/v1/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.01"));
    refused(
        client.signed(
            "POST", "/fapi/v1/order/test", "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0"),
        -4003);

    assertThat(twin.state().orders(ACCOUNT)).isEmpty();
  }

  private Answer leverage(int leverage) {
    return client.signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=" + leverage);
  }

  private Answer limit(String side, String quantity, String price, String timeInForce) {
    return client.signed(
        "POST",
        ORDER,
        "symbol=BTCUSDT&type=LIMIT&side="
            + side
            + "&quantity="
            + quantity
            + "&price="
            + price
            + "&timeInForce="
            + timeInForce);
  }

  private static void refused(Answer answer, int code) {
    assertThat(answer.code()).as("%s", answer.body()).isEqualTo(code);
    assertThat(answer.status()).isBetween(400, 499);
  }

  private static void taken(Answer answer) {
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
  }
}
