package io.quantumtrader.execution.twin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import io.quantumtrader.execution.twin.engine.RestFault;
import io.quantumtrader.execution.twin.engine.TwinLimits;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The WebSocket API of the twin: the same as REST, asked in another way. */
final class TwinApiTest {
  private static final String HMAC_KEY = "0123456789abcdefKEY";
  private static final String SECRET = "a-secret-of-the-tests";
  private static final String ED_KEY = "fedcba9876543210KEY";
  private static final String MARKET = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010";

  private final AtomicLong clock = new AtomicLong(1_780_000_000_000L);
  private KeyPair pair;
  private ExchangeTwin twin;
  private SignedClient rest;
  private StreamClient api;

  @BeforeEach
  void start() throws IOException, GeneralSecurityException {
    pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----";
    twin =
        ExchangeTwin.start(
            TwinSettings.of(
                    List.of(
                        TwinAccount.hmac("main", HMAC_KEY, SECRET, "10000"),
                        TwinAccount.ed25519("second", ED_KEY, pem, "500")),
                    List.of(TwinSymbol.perpetual("BTCUSDT", "60000", "0.10", "0.001", "100")))
                .limits(new TwinLimits(100, 3, 1_200, 10, 60_000))
                .tickMs(0)
                .clock(clock::get)
                .build());
    rest = new SignedClient(twin.restUrl(), HMAC_KEY, SECRET, twin::nowMs);
    api = new StreamClient(twin.streamUrl(), "/ws-fapi/v1");
  }

  @AfterEach
  void stop() {
    api.close();
    rest.close();
    twin.close();
  }

  @Test
  void shouldTellPriceAndTimeToEverybody() {
    JsonNode time = ask("time", Map.of());
    JsonNode price = ask("ticker.price", Map.of("symbol", "BTCUSDT"));

    assertThat(ask("ping", Map.of()).path("status").asInt()).isEqualTo(200);
    assertThat(time.path("result").path("serverTime").asLong()).isEqualTo(clock.get());
    assertThat(time.path("id").asText()).isEqualTo("id-of-time");
    assertThat(price.path("result").path("price").asText()).isEqualTo("60000");
    assertThat(ask("ticker.book", Map.of("symbol", "BTCUSDT")).at("/result/bidPrice").asText())
        .isEqualTo("60000");
  }

  @Test
  void shouldPlaceShowAndCancelOrders() {
    JsonNode placed = ask("order.place", hmac(MARKET + "&newClientOrderId=first"));
    JsonNode shown = ask("order.status", hmac("symbol=BTCUSDT&origClientOrderId=first"));
    JsonNode rests =
        ask(
            "order.place",
            hmac("symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.01&price=59000&timeInForce=GTC"));
    String id = rests.at("/result/orderId").asText();
    JsonNode gone = ask("order.cancel", hmac("symbol=BTCUSDT&orderId=" + id));

    assertThat(placed.path("status").asInt()).isEqualTo(200);
    assertThat(placed.at("/result/status").asText()).isEqualTo("NEW");
    assertThat(shown.at("/result/status").asText()).isEqualTo("FILLED");
    assertThat(gone.at("/result/status").asText()).isEqualTo("CANCELED");
    assertThat(twin.state().amount("main", "BTCUSDT")).isEqualByComparingTo("0.01");
    assertThat(ask("v2/account.position", hmac("")).at("/result/0/positionAmt").asText())
        .isEqualTo("0.01");
    assertThat(ask("account.balance", hmac("")).path("result")).hasSize(2);
    assertThat(ask("account.status", hmac("")).at("/result/totalWalletBalance").asText())
        .isEqualTo(twin.state().wallet("main").stripTrailingZeros().toPlainString());
  }

  @Test
  void shouldTakeConditionalOrders() {
    ask("order.place", hmac(MARKET));
    String stop =
        "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=59000"
            + "&closePosition=true&clientAlgoId=stop";

    JsonNode placed = ask("algoOrder.place", hmac(stop));
    JsonNode again = ask("algoOrder.place", hmac(stop.replace("=stop", "=other")));
    JsonNode gone = ask("algoOrder.cancel", hmac("clientAlgoId=stop"));

    assertThat(placed.at("/result/algoStatus").asText()).isEqualTo("NEW");
    assertThat(again.at("/error/code").asInt()).isEqualTo(-4130);
    assertThat(gone.at("/result/code").asText()).isEqualTo("200");
  }

  @Test
  void shouldRefuseAsRestDoes() {
    SortedMap<String, String> forged = hmac(MARKET);
    forged.put("quantity", "0.020");
    SortedMap<String, String> late = hmac(MARKET);
    clock.addAndGet(6_000);

    assertThat(refused("order.place", late)).isEqualTo(-1021);
    clock.addAndGet(-6_000);
    assertThat(refused("order.place", forged)).isEqualTo(-1022);
    assertThat(refused("order.place", Map.of("symbol", "BTCUSDT"))).isEqualTo(-2014);
    assertThat(refused("order.cancel", hmac("symbol=BTCUSDT&orderId=7"))).isEqualTo(-2011);
    assertThat(refused("order.unheard", Map.of())).isEqualTo(-5000);
    assertThat(twin.state().orders("main")).isEmpty();
  }

  @Test
  void shouldCountWithRestAgainstOneLimit() {
    rest.market("BTCUSDT", "BUY", "0.010", "");
    JsonNode second = ask("order.place", hmac(MARKET));
    JsonNode third = ask("order.place", hmac(MARKET));
    JsonNode fourth = ask("order.place", hmac(MARKET));

    assertThat(second.path("rateLimits").findValuesAsText("rateLimitType"))
        .containsExactly("REQUEST_WEIGHT", "ORDERS", "ORDERS");
    assertThat(second.at("/rateLimits/1/count").asInt()).isEqualTo(2);
    assertThat(third.path("status").asInt()).isEqualTo(200);
    assertThat(fourth.path("status").asInt()).isEqualTo(429);
    assertThat(fourth.at("/error/code").asInt()).isEqualTo(-1015);
    for (int i = 0; i < 20; i++) {
      ask("account.status", hmac(""));
    }
    assertThat(refused("account.status", hmac(""))).isEqualTo(-1003);
    assertThat(rest.signed("GET", "/fapi/v3/account", "").code()).isEqualTo(-1003);
  }

  @Test
  void shouldLogOnOnceWithEd25519() {
    SortedMap<String, String> logon = ed25519("");
    JsonNode before = ask("order.place", parameters(MARKET));
    JsonNode on = ask("session.logon", logon);
    JsonNode placed = ask("order.place", parameters(MARKET));
    JsonNode off = ask("session.logout", Map.of());
    JsonNode after = ask("order.place", parameters(MARKET));

    assertThat(before.at("/error/code").asInt()).isEqualTo(-2014);
    assertThat(on.at("/result/apiKey").asText()).isEqualTo(ED_KEY);
    assertThat(on.at("/result/authorizedSince").asLong()).isEqualTo(clock.get());
    assertThat(placed.path("status").asInt()).isEqualTo(200);
    assertThat(twin.state().amount("second", "BTCUSDT")).isEqualByComparingTo("0.01");
    assertThat(off.at("/result/apiKey").isNull()).isTrue();
    assertThat(after.at("/error/code").asInt()).isEqualTo(-2014);
  }

  @Test
  void shouldNotLogOnWithAnythingElse() {
    SortedMap<String, String> forged = ed25519("");
    forged.put("signature", Base64.getEncoder().encodeToString(new byte[64]));

    assertThat(refused("session.logon", hmac(""))).isEqualTo(-4056);
    assertThat(refused("session.logon", forged)).isEqualTo(-1022);
    assertThat(ask("session.status", Map.of()).at("/result/apiKey").isNull()).isTrue();
    assertThat(refused("order.place", parameters(MARKET))).isEqualTo(-2014);
  }

  @Test
  void shouldNotTrustAnotherKeyForTheOneThatWasLoggedOn() {
    ask("session.logon", ed25519(""));
    SortedMap<String, String> own = parameters(MARKET);
    own.put("apiKey", ED_KEY);
    SortedMap<String, String> other = parameters(MARKET);
    other.put("apiKey", HMAC_KEY);

    assertThat(ask("order.place", own).path("status").asInt()).isEqualTo(200);
    assertThat(refused("order.place", other)).isEqualTo(-1102);
    assertThat(twin.state().orders("main")).isEmpty();
  }

  @Test
  void shouldLoseAnswersAsRestDoes() {
    twin.faults().next("POST", "/fapi/v1/order", RestFault.cut(true), 1);

    api.say(request("order.place", hmac(MARKET)));

    assertThat(api.ended()).isNotEqualTo(1000);
    assertThat(twin.state().orders("main")).hasSize(1);
  }

  @Test
  void shouldStartAUserStream() {
    JsonNode key = ask("userDataStream.start", Map.of("apiKey", HMAC_KEY));
    String listenKey = key.at("/result/listenKey").asText();

    try (StreamClient user =
        new StreamClient(twin.streamUrl(), "/private/ws?listenKey=" + listenKey)) {
      ask("order.place", hmac(MARKET));

      assertThat(user.next("ORDER_TRADE_UPDATE").at("/o/s").asText()).isEqualTo("BTCUSDT");
    }
  }

  private int refused(String method, Map<String, String> parameters) {
    return ask(method, parameters).at("/error/code").asInt();
  }

  private JsonNode ask(String method, Map<String, String> parameters) {
    api.say(request(method, parameters));
    return api.next();
  }

  private static String request(String method, Map<String, String> parameters) {
    ObjectNode request =
        JsonNodeFactory.instance.objectNode().put("id", "id-of-" + method).put("method", method);
    ObjectNode params = request.putObject("params");
    parameters.forEach(params::put);
    return request.toString();
  }

  private SortedMap<String, String> parameters(String query) {
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
      parameters.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    parameters.put("timestamp", Long.toString(clock.get()));
    return parameters;
  }

  private SortedMap<String, String> hmac(String query) {
    return signed(query, HMAC_KEY, rest::hmac);
  }

  private SortedMap<String, String> ed25519(String query) {
    return signed(query, ED_KEY, this::ed25519Of);
  }

  private SortedMap<String, String> signed(
      String query, String key, UnaryOperator<String> signature) {
    SortedMap<String, String> parameters = parameters(query);
    parameters.put("apiKey", key);
    String payload =
        parameters.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    parameters.put("signature", signature.apply(payload));
    return parameters;
  }

  private String ed25519Of(String payload) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(payload.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
