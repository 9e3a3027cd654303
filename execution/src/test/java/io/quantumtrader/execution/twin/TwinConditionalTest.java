package io.quantumtrader.execution.twin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quantumtrader.execution.twin.SignedClient.Answer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditional orders that become limit orders, or follow the price: refusals and whole lives. */
final class TwinConditionalTest extends TwinTestBase {
  private static final String ALGO = "/fapi/v1/algoOrder";
  private static final String ORDER = "/fapi/v1/order";
  private static final String SELL = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=";
  private static final String BUY = "algoType=CONDITIONAL&symbol=BTCUSDT&side=BUY&type=";
  private static final String REDUCE = "&quantity=0.010&reduceOnly=true&clientAlgoId=it";
  private static final String STOP = SELL + "STOP" + REDUCE + "&triggerPrice=59000&price=";
  private static final String TRAIL = SELL + "TRAILING_STOP_MARKET" + REDUCE + "&callbackRate=";

  @BeforeEach
  void open() {
    client.market(BTC, "BUY", "0.010", "");
  }

  @Test
  @Tag("assumes-conditional-limit")
  void shouldFillAtOnceWhereTheLimitAllowsIt() {
    try (StreamClient stream = user()) {
      place(STOP + "58800&timeInForce=IOC");

      price("58900");

      assertThat(types(stream, 8))
          .containsExactly(
              "ALGO_UPDATE NEW",
              "ALGO_UPDATE TRIGGERING",
              "ORDER_TRADE_UPDATE NEW",
              "ALGO_UPDATE TRIGGERED",
              "TRADE_LITE ",
              "ACCOUNT_UPDATE ",
              "ORDER_TRADE_UPDATE FILLED",
              "ALGO_UPDATE FINISHED");
    }
    assertThat(order().path("type").asText()).isEqualTo("LIMIT");
    assertThat(order().path("origType").asText()).isEqualTo("STOP");
    assertThat(order().path("timeInForce").asText()).isEqualTo("IOC");
    assertThat(order().path("avgPrice").asText()).isEqualTo("58900");
    assertThat(amount()).isEqualByComparingTo("0");
  }

  @Test
  @Tag("assumes-conditional-limit")
  void shouldRestAtItsPriceUntilThatIsReached() {
    place(STOP + "59500");

    try (StreamClient stream = user()) {
      price("58990");

      assertThat(types(stream, 3))
          .containsExactly(
              "ALGO_UPDATE TRIGGERING", "ORDER_TRADE_UPDATE NEW", "ALGO_UPDATE TRIGGERED");
    }
    assertThat(algo().path("algoStatus").asText()).isEqualTo("TRIGGERED");
    assertThat(algo().path("price").asText()).isEqualTo("59500");
    assertThat(open("/fapi/v1/openAlgoOrders")).isEmpty();
    JsonNode rests = open("/fapi/v1/openOrders").path(0);
    assertThat(rests.path("clientOrderId").asText()).isEqualTo("it");
    assertThat(rests.path("price").asText()).isEqualTo("59500");
    assertThat(rests.path("stopPrice").asText()).isEqualTo("59000");
    assertThat(rests.path("orderId").asText()).isEqualTo(algo().path("actualOrderId").asText());
    // What rests takes up the position, as any reduce-only order does.
    assertThat(client.market(BTC, "SELL", "0.010", "&reduceOnly=true").code()).isEqualTo(-4118);

    price("59499.9");
    assertThat(amount()).isEqualByComparingTo("0.010");
    price("59500");

    assertThat(amount()).isEqualByComparingTo("0");
    assertThat(order().path("status").asText()).isEqualTo("FILLED");
    assertThat(algo().path("algoStatus").asText()).isEqualTo("FINISHED");
    assertThat(algo().path("actualQty").asText()).isEqualTo("0.01");
    assertThat(algo().path("actualPrice").asText()).isEqualTo("59500");
  }

  @Test
  @Tag("assumes-conditional-limit")
  void shouldFinishWithoutAFillWhereItsOrderIsCancelled() {
    place(STOP + "59500");
    price("58990");
    assertThat(client.signed("DELETE", ALGO, "clientAlgoId=it").code()).isEqualTo(-2011);

    try (StreamClient stream = user()) {
      client.signed("DELETE", ORDER, "symbol=BTCUSDT&origClientOrderId=it");

      assertThat(types(stream, 2))
          .containsExactly("ORDER_TRADE_UPDATE CANCELED", "ALGO_UPDATE FINISHED");
    }
    assertThat(algo().path("actualQty").asText()).isEqualTo("0");
    assertThat(amount()).isEqualByComparingTo("0.010");
  }

  @Test
  @Tag("assumes-conditional-limit")
  void shouldEndWithThePositionThatItsOrderReduces() {
    place(STOP + "59500");
    price("58990");

    twin.closeByHand(ACCOUNT, BTC, BigDecimal.ONE);

    assertThat(order().path("status").asText()).isEqualTo("EXPIRED");
    assertThat(algo().path("algoStatus").asText()).isEqualTo("FINISHED");
  }

  @ParameterizedTest
  @ValueSource(strings = {"IOC", "FOK"})
  @Tag("assumes-conditional-limit")
  void shouldExpireWhereItMayNotRest(String timeInForce) {
    place(STOP + "59500&timeInForce=" + timeInForce);

    price("58990");

    assertThat(order().path("status").asText()).isEqualTo("EXPIRED");
    assertThat(algo().path("algoStatus").asText()).isEqualTo("FINISHED");
    assertThat(amount()).isEqualByComparingTo("0.010");
  }

  @ParameterizedTest
  @CsvSource({"58900, GTX, Post Only", "56000, GTC, multiplier floor"})
  @Tag("assumes-conditional-limit")
  void shouldBeRejectedWhereItsOrderIsRefusedThen(String limit, String tif, String why) {
    place(STOP + limit + "&timeInForce=" + tif);

    try (StreamClient stream = user()) {
      price("58990");

      stream.next("ALGO_UPDATE");
      JsonNode rejected = stream.next("ALGO_UPDATE").path("o");
      assertThat(rejected.path("X").asText()).isEqualTo("REJECTED");
      assertThat(rejected.path("rm").asText()).contains(why);
      assertThat(stream.next().path("e").asText()).isEqualTo("CONDITIONAL_ORDER_TRIGGER_REJECT");
    }
    assertThat(amount()).isEqualByComparingTo("0.010");
  }

  @Test
  void shouldTriggerATargetOnItsOwnSideAndOpenToo() {
    place(SELL + "TAKE_PROFIT" + REDUCE + "&triggerPrice=61000&price=61050");
    place(BUY + "STOP&quantity=0.004&triggerPrice=61000&price=61200&clientAlgoId=more");

    price("61000");

    assertThat(order().path("status").asText()).isEqualTo("NEW");
    assertThat(order().path("origType").asText()).isEqualTo("TAKE_PROFIT");
    // The buy stop opened at once, and the price that the target rests at was not reached.
    assertThat(amount()).isEqualByComparingTo("0.014");
    price("61050");
    assertThat(amount()).isEqualByComparingTo("0.004");
  }

  @Test
  void shouldExpireAndBeCancelledLikeTheOthers() {
    place(STOP + "58900");
    client.signed("DELETE", ALGO, "clientAlgoId=it");
    assertThat(algo().path("algoStatus").asText()).isEqualTo("CANCELED");
    place(TRAIL + "1");

    client.signed("DELETE", "/fapi/v1/algoOpenOrders", "symbol=BTCUSDT");

    assertThat(algo().path("algoStatus").asText()).isEqualTo("CANCELED");
    price("50000");
    assertThat(amount()).isEqualByComparingTo("0.010");
  }

  @Test
  void shouldFollowThePriceAndSellWhereItHasComeBack() {
    place(TRAIL + "1");
    price("61000");
    price("60390.1");
    price("60900");
    assertThat(amount()).isEqualByComparingTo("0.010");

    price("60390");

    assertThat(amount()).isEqualByComparingTo("0");
    assertThat(order().path("type").asText()).isEqualTo("MARKET");
    assertThat(order().path("origType").asText()).isEqualTo("TRAILING_STOP_MARKET");
    assertThat(order().path("stopPrice").asText()).isEqualTo("60390");
    assertThat(algo().path("algoStatus").asText()).isEqualTo("FINISHED");
  }

  @Test
  void shouldFollowThePriceDownAndBuy() {
    place(BUY + "TRAILING_STOP_MARKET&quantity=0.004&clientAlgoId=it&callbackRate=0.5");
    price("59000");
    price("59294.9");
    assertThat(amount()).isEqualByComparingTo("0.010");

    price("59295");

    assertThat(amount()).isEqualByComparingTo("0.014");
  }

  @Test
  @Tag("assumes-trailing-activation")
  void shouldFollowOnlyFromItsActivationOn() {
    place(TRAIL + "1&activatePrice=61000");
    assertThat(algo().path("activatePrice").asText()).isEqualTo("61000");
    assertThat(algo().path("callbackRate").asText()).isEqualTo("1");
    assertThat(algo().path("triggerPrice").asText()).isEqualTo("0");
    price("60990");
    price("55000");
    assertThat(amount()).isEqualByComparingTo("0.010");

    price("61000");
    price("60391");
    assertThat(amount()).isEqualByComparingTo("0.010");
    price("60390");

    assertThat(amount()).isEqualByComparingTo("0");
  }

  @Test
  void shouldFollowTheMarkPriceWhereThatIsWatched() {
    place(TRAIL + "1&workingType=MARK_PRICE");
    twin.mark(BTC, new BigDecimal("61000"));

    twin.mark(BTC, new BigDecimal("60390.1"));
    assertThat(amount()).isEqualByComparingTo("0.010");
    twin.mark(BTC, new BigDecimal("60390"));

    assertThat(amount()).isEqualByComparingTo("0");
  }

  @ParameterizedTest
  @CsvSource({"60000, -2021", "59999.9, -2021", "60000.1, 0", "60000.15, -1111", "0, -4013"})
  @Tag("assumes-trailing-activation")
  void shouldRefuseAnActivationThatThePriceHasReached(String activation, int code) {
    answered(TRAIL + "1&activatePrice=" + activation, code);
  }

  @ParameterizedTest
  @CsvSource({"59999.9, 0", "60000, -2021", "60000.1, -2021"})
  @Tag("assumes-trailing-activation")
  void shouldRefuseAnActivationToBuyThatThePriceHasReached(String activation, int code) {
    String buy = BUY + "TRAILING_STOP_MARKET&quantity=0.010&callbackRate=1&activatePrice=";

    answered(buy + activation, code);
  }

  @ParameterizedTest
  @CsvSource({"0.1, 0", "10, 0", "0, -2007", "0.09, -2007", "10.1, -2007", "0.15, -2007"})
  @Tag("assumes-trailing-callback")
  void shouldTakeCallbacksOfATenthToTenPercent(String rate, int code) {
    answered(TRAIL + rate, code);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, triggerPrice=59000, -1102",
    "STOP, price=59000, -1102",
    "STOP, triggerPrice=59000&price=0, -4013",
    "STOP, triggerPrice=59000&price=58900.05, -1111",
    "STOP, triggerPrice=59000&price=58900&timeInForce=SOON, -1115",
    "STOP, triggerPrice=60000&price=58900, -2021",
    "TAKE_PROFIT, triggerPrice=60000&price=60000, -2021",
    "TRAILING_STOP_MARKET, workingType=MARK_PRICE, -1102",
    "ODD, triggerPrice=59000, -1116"
  })
  void shouldRefuseWhatIsMissingOrDoesNotFit(String type, String more, int code) {
    answered(SELL + type + REDUCE + "&" + more, code);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP_MARKET, triggerPrice=59000&price=58900",
    "STOP_MARKET, triggerPrice=59000&callbackRate=1",
    "STOP, triggerPrice=59000&price=58900&activatePrice=61000",
    "TRAILING_STOP_MARKET, callbackRate=1&triggerPrice=59000",
    "TRAILING_STOP_MARKET, callbackRate=1&priceProtect=true"
  })
  @Tag("assumes-conditional-parameters")
  void shouldRefuseWhatBelongsToAnotherType(String type, String more) {
    answered(SELL + type + REDUCE + "&" + more, -1106);
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, triggerPrice=59000&price=58900",
    "TAKE_PROFIT, triggerPrice=61000&price=61000",
    "TRAILING_STOP_MARKET, callbackRate=1"
  })
  @Tag("assumes-conditional-parameters")
  void shouldRefuseToCloseAllByWhatNeedsASize(String type, String more) {
    answered(SELL + type + "&closePosition=true&" + more, -4136);
  }

  @Test
  void shouldHoldLimitsAgainstTheLimitsSizes() {
    // 120 is the most of one market order, 1000 of a limit order.
    String big = "&quantity=130&triggerPrice=59000";

    answered(SELL + "STOP_MARKET" + big, -4005);
    answered(SELL + "STOP" + big + "&price=58900", 0);
    answered(SELL + "TRAILING_STOP_MARKET&quantity=130&callbackRate=1", -4005);
    answered(SELL + "STOP&quantity=0.001&triggerPrice=59000&price=58900", -4164);
    answered(SELL + "TRAILING_STOP_MARKET&quantity=0.001&callbackRate=1", -4164);
  }

  private void place(String parameters) {
    answered(parameters, 0);
  }

  private void answered(String parameters, int code) {
    Answer answer = client.signed("POST", ALGO, parameters);
    assertThat(answer.code()).as("%s", answer.body()).isEqualTo(code);
  }

  private void price(String price) {
    twin.price(BTC, new BigDecimal(price));
  }

  private BigDecimal amount() {
    return twin.state().amount(ACCOUNT, BTC);
  }

  private JsonNode algo() {
    return client.signed("GET", ALGO, "clientAlgoId=it").body();
  }

  private JsonNode order() {
    return client.signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=it").body();
  }

  private JsonNode open(String path) {
    return client.signed("GET", path, "symbol=BTCUSDT").body();
  }

  private StreamClient user() {
    String key = client.signed("POST", "/fapi/v1/listenKey", "").body().path("listenKey").asText();
    return new StreamClient(twin.streamUrl(), "/private/ws/" + key);
  }

  private static List<String> types(StreamClient stream, int count) {
    List<String> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonNode event = stream.next();
      types.add(event.path("e").asText() + " " + event.path("o").path("X").asText());
    }
    return types;
  }
}
