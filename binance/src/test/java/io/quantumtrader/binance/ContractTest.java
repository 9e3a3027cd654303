package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quantumtrader.schemas.avro.InstrumentStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ContractTest {

  private static final String LISTED =
      """
      {"symbol":"BTCSTUSDT",TYPE"status":"STATUS","quoteAsset":"USDT","filters":[
       {"filterType":"PRICE_FILTER","tickSize":"0.1"},
       {"filterType":"LOT_SIZE","stepSize":"1","minQty":"1","maxQty":"100"},
       {"filterType":"MIN_NOTIONAL","notional":"5"}]}""";

  /** One that is taken off the list would stay tradeable if it could not be read any more. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "'\"contractType\":\"\",'; SETTLING; BREAK; false",
        "''; SETTLING; BREAK; false",
        "'\"contractType\":null,'; TRADING; TRADING; false",
        "'\"contractType\":\"PERPETUAL\",'; TRADING; TRADING; true"
      })
  void shouldKnowAContractWithoutAType(
      String type, String status, InstrumentStatus known, boolean traded)
      throws JsonProcessingException {
    Contract contract =
        Contract.of(
            "BTCSTUSDT",
            new ObjectMapper().readTree(LISTED.replace("TYPE", type).replace("STATUS", status)));

    assertThat(contract.instrument(0).getStatus()).isEqualTo(known);
    assertThat(contract.isTradedPerpetual()).isEqualTo(traded);
  }
}
