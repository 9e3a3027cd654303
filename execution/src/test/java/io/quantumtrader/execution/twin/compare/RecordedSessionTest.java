package io.quantumtrader.execution.twin.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.execution.twin.TwinSettings;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import io.quantumtrader.execution.twin.compare.SessionMarket.Price;
import io.quantumtrader.execution.twin.core.TwinSymbol;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecordedSessionTest {

  private static final String FILLED =
      "{'atMs':30,'account':'main','message':{'stream':'key','data':{'e':'ORDER_TRADE_UPDATE',"
          + "'E':12,'o':{'s':'A','c':'one','x':'TRADE','L':'5.5'}}}}";

  private static RecordedSession session(String... lines) {
    return RecordedSession.read(Arrays.stream(lines).map(l -> l.replace('\'', '"')).toList());
  }

  private static String request(
      long atMs, String method, String path, String query, int status, String answer) {
    return ("{'atMs':%d,'account':'main','method':'%s','path':'%s','query':'%s','status':%d,"
            + "'answer':%s}")
        .formatted(atMs, method, path, query, status, answer);
  }

  private static String order(long atMs, String id, int status) {
    String query = "symbol=A&newClientOrderId=" + id + "&timestamp=" + (atMs - 5);
    return request(atMs, "POST", "/fapi/v1/order", query, status, "'lost'");
  }

  @Test
  void shouldLeaveOutALastLineThatWasCutOff() {
    assertThat(session(FILLED, "", "{'atMs':31,'acc").lines()).hasSize(1);
    assertThatThrownBy(() -> session("{'atMs':31,'acc", FILLED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("line 1 is no JSON");
  }

  @Test
  void shouldPutAMessageThatCameLateBeforeTheAnswersAfterItsEvent() {
    RecordedSession session = session(order(10, "one", 200), order(20, "two", 200), FILLED);

    assertThat(session.inOrderOfEvents(0)).extracting(SessionLine::number).containsExactly(1, 3, 2);
    // With the exchange's clock ahead by 5 ms the first answer was given after the event too.
    assertThat(session.inOrderOfEvents(5)).extracting(SessionLine::number).containsExactly(3, 1, 2);
  }

  @Test
  void shouldKnowWhetherALostOrderWasExecutedByWhatElseTellsOfIt() {
    RecordedSession session = session(order(14, "one", 0), order(15, "two", 503), FILLED);
    List<Request> requests = session.requests();

    assertThat(requests).allMatch(Request::isUnresolved);
    assertThat(session.wasDone(requests.get(0))).isTrue();
    assertThat(session.wasDone(requests.get(1))).isFalse();
  }

  @Test
  void shouldTakeAnEventThatCameBeforeTheLostAnswerButNoneOfBeforeTheRequest() {
    // Sent at 5009 by a clock that may be less than a second ahead of the exchange's.
    RecordedSession since = session(FILLED.replace("'E':12", "'E':4010"), order(5014, "one", 0));
    RecordedSession before = session(FILLED.replace("'E':12", "'E':4009"), order(5014, "one", 0));

    assertThat(since.wasDone(since.requests().getFirst())).isTrue();
    assertThat(before.wasDone(before.requests().getFirst())).isFalse();
  }

  @Test
  void shouldTakeALostCancellationAsDoneOnlyWhereTheOrderIsCancelled() {
    String cancel =
        request(10, "DELETE", "/fapi/v1/order", "symbol=A&origClientOrderId=one", 0, "'lost'");
    String cancelled = FILLED.replace("TRADE'", "CANCELED'");

    RecordedSession filled = session(cancel, FILLED);
    RecordedSession ended = session(cancel, cancelled);

    assertThat(filled.wasDone(filled.requests().getFirst())).isFalse();
    assertThat(ended.wasDone(ended.requests().getFirst())).isTrue();
  }

  @Test
  void shouldTellPricesOfFillsMarksAndTriggers() {
    String mark =
        request(5, "GET", "/fapi/v1/premiumIndex", "", 200, "[{'symbol':'B','markPrice':'7'}]");
    String triggered =
        "{'atMs':40,'account':'main','message':{'e':'ALGO_UPDATE','o':{'s':'A','X':'TRIGGERED',"
            + "'tp':'6'}}}";
    RecordedSession session = session(mark, order(10, "one", 200), FILLED, triggered);
    SessionMarket market = new SessionMarket(session);

    assertThat(market.first("B")).contains(new BigDecimal("7"));
    assertThat(market.first("C")).isEmpty();
    assertThat(market.fill(session.requests().get(1)))
        .contains(new Price("A", new BigDecimal("5.5")));
    assertThat(session.lines().stream().flatMap(line -> market.told(line).stream()))
        .containsExactly(
            new Price("B", new BigDecimal("7")),
            new Price("A", new BigDecimal("5.5")),
            new Price("A", new BigDecimal("6")));
  }

  @Test
  void shouldSetUpContractsLimitsAndAccountsAsTheExchangeHadThem() {
    String info =
        "{'rateLimits':[{'rateLimitType':'REQUEST_WEIGHT','interval':'MINUTE','limit':6000}],"
            + "'symbols':[{'symbol':'A','status':'SETTLING','contractType':'CURRENT_QUARTER',"
            + "'filters':[{'filterType':'PRICE_FILTER','tickSize':'0.5'},"
            + "{'filterType':'LOT_SIZE','stepSize':'2','minQty':'4','maxQty':'100'},"
            + "{'filterType':'MIN_NOTIONAL','notional':'20'}]}]}";
    String account =
        request(
            4,
            "GET",
            "/fapi/v3/account",
            "",
            200,
            "{'assets':[{'asset':'USDT','walletBalance':'77.5'}]}");
    String mode =
        request(5, "GET", "/fapi/v1/positionSide/dual", "", 200, "{'dualSidePosition':true}");
    RecordedSession session =
        session(request(3, "GET", "/fapi/v1/exchangeInfo", "", 200, info), account, mode, FILLED);

    TwinSettings settings =
        new SessionSetup(session, new SessionMarket(session))
            .settings(name -> "0123456789abcdef", name -> "made-up", () -> 1);

    TwinSymbol symbol = settings.symbols().getFirst();
    assertThat(symbol.status()).isEqualTo("SETTLING");
    assertThat(symbol.contractType()).isEqualTo("CURRENT_QUARTER");
    assertThat(List.of(symbol.tick(), symbol.step(), symbol.minQuantity(), symbol.minNotional()))
        .containsExactly(
            new BigDecimal("0.5"), new BigDecimal("2"), new BigDecimal("4"), new BigDecimal("20"));
    assertThat(symbol.startPrice()).isEqualByComparingTo("5.5");
    assertThat(settings.limits().weightPerMinute()).isEqualTo(6000);
    assertThat(settings.accounts()).hasSize(1);
    assertThat(settings.accounts().getFirst().wallet()).isEqualByComparingTo("77.5");
    assertThat(settings.accounts().getFirst().hedgeMode()).isTrue();
  }
}
