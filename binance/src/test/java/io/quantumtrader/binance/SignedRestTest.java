package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.binance.RateBudget.Urgency;
import io.quantumtrader.binance.Reply.Limit;
import io.quantumtrader.binance.Reply.Limited;
import io.quantumtrader.binance.Reply.Refused;
import io.quantumtrader.binance.Reply.Success;
import io.quantumtrader.binance.Reply.Unanswered;
import io.quantumtrader.binance.SignedRest.RestSettings;
import io.quantumtrader.binance.testing.ScriptedServer;
import io.quantumtrader.binance.testing.ScriptedServer.Asked;
import io.quantumtrader.binance.testing.ScriptedServer.Said;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignedRestTest {

  private static final String SECRET = "plantedSecret";
  private static final long WALL = 1_700_000_000_000L;
  private static final String ORDER = "POST /fapi/v1/order";

  @TempDir Path folder;
  private ScriptedServer server;
  private SignedRest rest;
  private Path session;
  private SessionFile recorder;
  private final RateBudget budget = RateBudget.documented();
  private final AtomicLong wallMs = new AtomicLong(WALL);
  private Runnable onPause = () -> {};

  @BeforeEach
  void start() throws IOException {
    server = new ScriptedServer();
    server.say("GET /fapi/v1/time", "{\"serverTime\":" + (WALL + 5_000) + "}");
    session = folder.resolve("session");
    recorder = new SessionFile(session, () -> WALL);
    rest =
        new SignedRest(
            BinanceEnvironment.at("local", server.url(), server.url()),
            new ApiKey("main", "plantedKeyId", Signer.hmac(SECRET)),
            new RestSettings(Duration.ofSeconds(5), 4_000),
            wallMs::get,
            budget,
            recorder,
            ms -> {
              wallMs.addAndGet(ms);
              onPause.run();
            });
  }

  @AfterEach
  void stop() {
    rest.close();
    recorder.close();
    server.close();
  }

  private static Call order() {
    return Call.order("/fapi/v1/order", Urgency.ENTRY)
        .with("symbol", "币安人生USDT")
        .with("quantity", new BigDecimal("0.00100"));
  }

  @Test
  void shouldSignTheQueryAsItIsSentWithTheExchangesTime() {
    // given
    server.say(ORDER, "{\"orderId\":1}");

    // when
    Reply reply = rest.send(order());

    // then
    assertThat(reply).isInstanceOf(Success.class);
    Asked asked = server.asked().getLast();
    String query =
        "symbol=%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT&quantity=0.001&recvWindow=4000&timestamp="
            + (WALL + 5_000);
    assertThat(asked.query()).isEqualTo(query + "&signature=" + Signer.hmac(SECRET).sign(query));
    assertThat(asked.key()).isEqualTo("plantedKeyId");
    assertThat(rest.offsetMs()).contains(5_000L);
  }

  @Test
  void shouldMeasureItsClockAnewAndSignOnceMoreWhereTheTimeWasNotBelieved() {
    // given
    server.say("GET /fapi/v1/time", "{\"serverTime\":" + (WALL - 3_000) + "}");
    server.say(ORDER, Said.of(400, "{\"code\":-1021,\"msg\":\"Timestamp for this request\"}"));
    server.say(ORDER, "{\"orderId\":1}");

    // when
    Reply reply = rest.send(order());

    // then
    assertThat(reply).isInstanceOf(Success.class);
    assertThat(server.asked().getLast().query()).contains("timestamp=" + (WALL - 3_000));
    assertThat(server.asked()).hasSize(4);
  }

  @Test
  void shouldNotSignAThirdTime() {
    // given
    server.say(ORDER, Said.of(400, "{\"code\":-1021,\"msg\":\"Timestamp\"}"));

    // when
    Reply reply = rest.send(order());

    // then
    assertThat(reply).isEqualTo(new Refused(400, -1021, "Timestamp"));
    assertThat(server.asked()).filteredOn(each -> each.method().equals("POST")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "400, -2019, true",
    "401, -2015, true",
    "503, -1008, true",
    "400, -1000, false",
    "400, -1001, false",
    "400, -1006, false",
    "408, -1007, false",
    "500, -2019, false",
    "503, 0, false",
    "403, 0, false",
    "0, 0, false"
  })
  void shouldTellARefusalFromAnAnswerThatSaysNothing(int status, int code, boolean refused) {
    // given
    server.say(ORDER, Said.of(status, "{\"code\":" + code + ",\"msg\":\"words\"}"));

    // when
    Reply reply = rest.send(order());

    // then
    assertThat(reply).isInstanceOf(refused ? Refused.class : Unanswered.class);
  }

  @Test
  void shouldNotSendWhatIsTooLate() {
    // when
    Reply late = rest.send(order().notAfter(WALL - 1));

    // then
    assertThat(late).isInstanceOf(Unanswered.class);
    assertThat(server.asked()).noneMatch(each -> each.method().equals("POST"));
  }

  @Test
  void shouldNotBelieveAnAnswerThatIsNotJson() {
    // given
    server.say(ORDER, "<html>");

    // then
    assertThat(rest.send(order())).isInstanceOf(Unanswered.class);
  }

  @Test
  void shouldBackOffAsLongAsTheExchangeSaysAndLetExitsThrough() {
    // given
    server.say(
        ORDER, new Said(429, "{\"code\":-1003,\"msg\":\"Too many\"}", Map.of("Retry-After", "30")));
    server.say(ORDER, "{\"orderId\":1}");

    // when
    Reply first = rest.send(order());
    Reply second = rest.send(order());
    Reply exit = rest.send(order().as(Urgency.EXIT));

    // then
    assertThat(first).isEqualTo(new Limited(Limit.WEIGHT, WALL + 30_000, "Too many"));
    assertThat(second).isInstanceOf(Limited.class);
    assertThat(exit).isInstanceOf(Success.class);
    assertThat(server.asked()).filteredOn(each -> each.method().equals("POST")).hasSize(2);
  }

  private void holdBack() {
    server.say(
        ORDER, new Said(429, "{\"code\":-1003,\"msg\":\"Too many\"}", Map.of("Retry-After", "30")));
    server.say(ORDER, "{\"orderId\":1}");
    assertThat(rest.send(order())).isInstanceOf(Limited.class);
  }

  @Test
  void shouldLetTheNextExitWaitForItsTurn() {
    // given
    holdBack();

    // when
    Reply first = rest.send(order().as(Urgency.EXIT));
    long firstMs = wallMs.get();
    Reply second = rest.send(order().as(Urgency.EXIT));

    // then
    assertThat(List.of(first, second)).allMatch(Success.class::isInstance);
    assertThat(firstMs).isEqualTo(WALL);
    assertThat(wallMs.get()).isEqualTo(WALL + 250);
    assertThat(server.asked().getLast().query()).contains("timestamp=" + (WALL + 250 + 5_000));
  }

  @Test
  void shouldNotSendWhatIsTooLateWhenItsTurnComes() {
    // given
    holdBack();
    Reply first = rest.send(order().as(Urgency.EXIT));

    // when
    Reply late = rest.send(order().as(Urgency.EXIT).notAfter(WALL + 100));

    // then
    assertThat(first).isInstanceOf(Success.class);
    assertThat(late)
        .isEqualTo(new Unanswered("nothing was sent: it is too late for /fapi/v1/order", false));
    assertThat(server.asked()).filteredOn(each -> each.method().equals("POST")).hasSize(2);
  }

  @Test
  void shouldNotSendWhenTheAddressIsBannedBeforeItsTurn() {
    // given: another account's answer is the ban
    holdBack();
    Reply first = rest.send(order().as(Urgency.EXIT));
    onPause = () -> budget.hold("other", new Limited(Limit.BAN, WALL + 60_000, "banned"));

    // when
    Reply banned = rest.send(order().as(Urgency.EXIT));

    // then
    assertThat(first).isInstanceOf(Success.class);
    assertThat(banned).isInstanceOf(Limited.class);
    assertThat(server.asked()).filteredOn(each -> each.method().equals("POST")).hasSize(2);
  }

  @Test
  void shouldStopAltogetherWhileItIsBanned() {
    // given
    server.say(ORDER, Said.of(418, "{\"code\":-1003,\"msg\":\"banned\"}"));

    // when
    Reply first = rest.send(order());
    Reply exit = rest.send(order().as(Urgency.EXIT));

    // then
    assertThat(List.of(first, exit))
        .allMatch(reply -> reply instanceof Limited limited && limited.limit() == Limit.BAN);
    assertThat(server.asked()).filteredOn(each -> each.method().equals("POST")).hasSize(1);
  }

  @Test
  void shouldLearnWhatIsUsedFromTheHeaders() {
    // given
    server.say(
        ORDER,
        new Said(
            200,
            "{}",
            Map.of(
                "X-MBX-USED-WEIGHT-1M", "2399",
                "X-MBX-ORDER-COUNT-10S", "299",
                "X-MBX-ORDER-COUNT-1M", "300")));

    // when
    Reply first = rest.send(order());
    Reply second = rest.send(order());

    // then
    assertThat(first).isInstanceOf(Success.class);
    assertThat(second).isInstanceOf(Limited.class);
    assertThat(budget.weightLeft(WALL)).isEqualTo(1);
  }

  @Test
  void shouldKeepNoSecretInWhatItRecordsAndSays() throws IOException {
    // given
    server.say(ORDER, "{\"orderId\":1}");
    server.say("POST /fapi/v1/listenKey", "{\"listenKey\":\"plantedListenKey\"}");
    server.say("DELETE /fapi/v1/order", Said.of(0, ""));

    // when
    Reply ordered = rest.send(order());
    Reply key = rest.send(Call.of("POST", "/fapi/v1/listenKey", Urgency.READ).by(Call.Proof.KEY));
    Reply cut =
        rest.send(
            Call.of("DELETE", "/fapi/v1/order", Urgency.EXIT)
                .with("listenKey", "plantedListenKey"));
    recorder.received("main", "{\"e\":\"listenKeyExpired\",\"listenKey\":\"plantedListenKey\"}");

    // then
    assertThat(key).asString().contains("listenKey");
    assertThat(cut).isInstanceOf(Unanswered.class);
    String recorded = Files.readString(session);
    assertThat(recorded.lines()).hasSize(5);
    String signature = server.asked().get(1).query().replaceFirst(".*signature=", "");
    assertThat(recorded + ordered + cut + rest + order())
        .contains("/fapi/v1/order", "\"orderId\":1", "listenKeyExpired")
        .doesNotContain("planted", signature);
  }
}
