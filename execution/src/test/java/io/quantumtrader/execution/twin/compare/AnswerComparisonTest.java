package io.quantumtrader.execution.twin.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.execution.twin.compare.Difference.Kind;
import io.quantumtrader.execution.twin.compare.SessionLine.Request;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerComparisonTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String ORDER = "/fapi/v1/order";

  private static JsonNode json(String text) {
    try {
      return MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private static Request request(String method, String path, int status, String answer) {
    String query = "newClientOrderId=mine&timestamp=1";
    return new Request(3, 1_000, "main", method, path, query, status, json(answer));
  }

  private static List<Difference> compare(String path, String recorded, String twin) {
    return compare("GET", path, recorded, twin);
  }

  private static List<Difference> compare(
      String method, String path, String recorded, String twin) {
    Request request = request(method, path, 200, recorded);
    return AnswerComparison.of(request, 200, json(twin), Set.of("mine")).differences();
  }

  @Test
  void shouldFindNoDifferenceInWhatDependsOnMarketTimeAndIds() {
    String recorded =
        "{'orderId':9,'avgPrice':'1.5','updateTime':7,'cumQuote':'3','executedQty':'2.000',"
            + "'status':'FILLED','clientOrderId':'mine'}";
    String twin =
        "{'orderId':1,'avgPrice':'1.4','updateTime':8,'cumQuote':'2','executedQty':'2',"
            + "'status':'FILLED','clientOrderId':'mine'}";

    assertThat(compare(ORDER, recorded, twin)).isEmpty();
  }

  @Test
  void shouldReportEachKindOfDifferenceWithBothSides() {
    String recorded = "{'side':'BUY','reduceOnly':true,'stopPrice':'0','old':1}";
    String twin = "{'side':'SELL','reduceOnly':'true','stopPrice':'0','new':[2]}";

    assertThat(compare(ORDER, recorded, twin))
        .extracting(
            Difference::line,
            Difference::asked,
            Difference::field,
            Difference::kind,
            Difference::recorded,
            Difference::twin)
        .containsExactly(
            tuple(3, "GET " + ORDER, "side", Kind.VALUE, "BUY", "SELL"),
            tuple(3, "GET " + ORDER, "reduceOnly", Kind.TYPE, "boolean true", "text true"),
            tuple(3, "GET " + ORDER, "old", Kind.MISSING, "1", ""),
            tuple(3, "GET " + ORDER, "new", Kind.ADDITIONAL, "", "[2]"));
  }

  @Test
  void shouldReportAnotherStatusWithoutTheFieldsOfARefusal() {
    Request request = request("POST", ORDER, 200, "{'orderId':9,'symbol':'BTCUSDT'}");

    AnswerComparison.Result result =
        AnswerComparison.of(request, 400, json("{'code':-2019,'msg':'no'}"), Set.of());

    assertThat(result.differences())
        .containsExactly(new Difference(3, "POST " + ORDER, "", Kind.STATUS, "200", "400 -2019"));
  }

  @Test
  void shouldCompareTheCodeOfARefusalAndNotItsText() {
    Request request = request("POST", ORDER, 400, "{'code':-2019,'msg':'Margin.'}");

    assertThat(AnswerComparison.of(request, 400, json("{'code':-2019,'msg':'m'}"), Set.of()))
        .extracting(AnswerComparison.Result::differences)
        .isEqualTo(List.of());
    assertThat(
            AnswerComparison.of(request, 400, json("{'code':-2018,'msg':'m'}"), Set.of())
                .differences())
        .containsExactly(new Difference(3, "POST " + ORDER, "code", Kind.CODE, "-2019", "-2018"));
  }

  @ParameterizedTest
  @CsvSource({"GET,NEW,0", "GET,PARTIALLY_FILLED,0", "GET,CANCELED,1", "POST,NEW,1"})
  void shouldLetAnOrderFillEarlierAtTheTwinUnlessItIsJustAcknowledged(
      String method, String status, int count) {
    List<Difference> found =
        compare(method, ORDER, "{'status':'" + status + "'}", "{'status':'FILLED'}");

    assertThat(found).hasSize(count);
  }

  @Test
  void shouldMatchElementsByWhatTheyAreOf() {
    String recorded =
        "{'symbols':[{'symbol':'B','filters':[{'filterType':'LOT_SIZE','stepSize':'0.1'},"
            + "{'filterType':'OLD'}]},{'symbol':'A','filters':[]}],'orderTypes':['STOP','LIMIT']}";
    String twin =
        "{'symbols':[{'symbol':'A','filters':[]},{'symbol':'B','filters':["
            + "{'filterType':'LOT_SIZE','stepSize':'0.2'}]}],'orderTypes':['LIMIT']}";

    assertThat(compare("/fapi/v1/exchangeInfo", recorded, twin))
        .extracting(Difference::field, Difference::kind)
        .containsExactly(
            tuple("symbols[].filters[LOT_SIZE].stepSize", Kind.VALUE),
            tuple("symbols[].filters[OLD]", Kind.MISSING),
            tuple("orderTypes[STOP]", Kind.MISSING));
  }

  @Test
  void shouldNotExpectOrdersOfBeforeTheSession() {
    String recorded = "[{'clientOrderId':'mine','side':'BUY'},{'clientOrderId':'older'}]";

    assertThat(compare("/fapi/v1/openOrders", recorded, "[]"))
        .extracting(Difference::recorded)
        .containsExactly("{\"clientOrderId\":\"mine\",\"side\":\"BUY\"}");
    assertThat(compare("/fapi/v1/openOrders", "[]", recorded)).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fapi/v1/klines", "/fapi/v1/userTrades", "/fapi/v1/income"})
  void shouldCompareOnlyTheShapeOfWhatTheMarketDid(String path) {
    String recorded = "[{'symbol':'A','qty':'1'},{'symbol':'B','qty':'2'}]";

    assertThat(compare(path, recorded, "[{'symbol':'C','qty':'3'}]")).isEmpty();
    assertThat(compare(path, recorded, "[{'symbol':'C','qty':3}]"))
        .extracting(Difference::field, Difference::kind)
        .containsExactly(tuple("[].qty", Kind.TYPE));
  }

  @Test
  void shouldCompareAmountsButNoMoneyOfAnAccount() {
    String recorded = "[{'symbol':'A','positionAmt':'1.0','markPrice':'5','initialMargin':'1'}]";

    assertThat(
            compare(
                "/fapi/v3/positionRisk",
                recorded,
                "[{'symbol':'A','positionAmt':'1','markPrice':'6','initialMargin':'2'}]"))
        .isEmpty();
    assertThat(
            compare(
                "/fapi/v3/positionRisk",
                recorded,
                "[{'symbol':'A','positionAmt':'-1','markPrice':'6','initialMargin':'2'}]"))
        .extracting(Difference::field)
        .containsExactly("[].positionAmt");
  }

  @Test
  void shouldAskTheTwinForItsOwnOrders() {
    Request placed = request("POST", ORDER, 200, "{'orderId':9,'clientOrderId':'x'}");
    GivenIds ids = new GivenIds();
    Request asks =
        new Request(4, 1, "main", "GET", ORDER, "symbol=%E5%B8%81&orderId=9", 200, json("{}"));
    Request other =
        new Request(5, 1, "main", "GET", ORDER, "algoId=9&symbol=A%2fB", 200, json("{}"));

    ids.learn(
        AnswerComparison.of(placed, 200, json("{'orderId':1,'clientOrderId':'x'}"), Set.of())
            .ids());

    assertThat(ids.translate(asks)).isEqualTo("symbol=%E5%B8%81&orderId=1");
    assertThat(ids.translate(other)).isEqualTo("algoId=9&symbol=A%2fB");
  }
}
