package io.quantumtrader.connectors.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.ExchangePosition;
import io.quantumtrader.schemas.avro.PositionSide;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PositionHashTest {

  private static final String KEY = "quantum:state:positions:BTCUSDT";

  private static FoundPosition read(String key, String fields, long oldestMs) {
    return PositionHash.read(key, hash(fields), Map.of(), Trusted.NEITHER, oldestMs);
  }

  private static Map<String, String> hash(String fields) {
    Map<String, String> hash = new LinkedHashMap<>();
    for (String field : fields.split(";", -1)) {
      hash.put(field.substring(0, field.indexOf('=')), field.substring(field.indexOf('=') + 1));
    }
    return hash;
  }

  @Test
  void shouldReadPythonsNumbersAndBothWaysToSayAShort() {
    for (String amount :
        new String[] {
          "position_amt=-1e-05", "quantity=1e-05;side=SHORT", "quantity=0.00001;side=SELL"
        }) {
      FoundPosition found = read(KEY, amount + ";entry_price=71000.5;leverage=3.0", 0);

      assertThat(found).isInstanceOf(FoundPosition.Open.class);
      ExchangePosition position = ((FoundPosition.Open) found).position();
      assertThat(position.getSide()).isEqualTo(PositionSide.SHORT);
      assertThat(position.getQuantity()).isEqualByComparingTo("0.00001");
      assertThat(position.getEntryPrice()).isEqualByComparingTo("71000.5");
      assertThat(position.getLeverage()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "position_amt=0.0;entry_price=1, FLAT",
    "quantity=5;side=FLAT;entry_price=1, FLAT",
    "position_amt=1e-19;entry_price=1, FLAT",
    "entry_price=1, AMOUNT_MISSING",
    "quantity=1;entry_price=1, SIDE_MISSING",
    "position_amt=1;quantity=2;entry_price=1, AMOUNTS_DIFFER",
    "position_amt=1;side=SHORT;entry_price=1, AMOUNTS_DIFFER",
    "position_amt=nan;entry_price=1, NUMBER_INVALID",
    "position_amt=1e30;entry_price=1, NUMBER_INVALID",
    "position_amt=1, ENTRY_PRICE_MISSING",
    "position_amt=1;entry_price=0.0, ENTRY_PRICE_MISSING",
    "position_amt=1;entry_price=1;leverage=126, LEVERAGE_INVALID",
    "position_amt=1;entry_price=1;symbol=ETHUSDT, SYMBOL_DIFFERS"
  })
  void shouldSkipWhatDoesNotSayWhatIsOpen(String fields, String reason) {
    assertThat(read(KEY, fields, 0))
        .isInstanceOfSatisfying(
            FoundPosition.Skipped.class, none -> assertThat(none.reason()).isEqualTo(reason));
  }

  @Test
  void shouldSkipWhatIsOldOrHasNoTimeUnlessAnyAgeIsTaken() {
    String position = "position_amt=1;entry_price=1";

    assertThat(read(KEY, position + ";ts_epoch=1000", 1_000_001))
        .isInstanceOfSatisfying(
            FoundPosition.Skipped.class, none -> assertThat(none.reason()).isEqualTo("STALE"));
    assertThat(read(KEY, position, 1))
        .isInstanceOfSatisfying(
            FoundPosition.Skipped.class,
            none -> assertThat(none.reason()).isEqualTo("TIME_MISSING"));
    assertThat(read(KEY, position + ";ts_epoch=1000", 1_000_000))
        .isInstanceOf(FoundPosition.Open.class);
    assertThat(read(KEY, position, 0)).isInstanceOf(FoundPosition.Open.class);
    assertThat(read("quantum:state:positions:btc usdt", position, 0))
        .isInstanceOf(FoundPosition.Skipped.class);
  }

  private static FoundPosition read(String fields, String ledger, Trusted trusted) {
    return PositionHash.read(KEY, hash(fields), hash(ledger), trusted, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "0.030000000000000002, 0.03",
    "-0.30000000000000004, 0.3",
    "0.30999999999999994, 0.31",
    "1234.5678, 1234.5678",
    "0.00012345678, 0.00012345678"
  })
  void shouldTakeTheNoiseOfDoublesOff(String amount, String quantity) {
    FoundPosition found = read(KEY, "position_amt=" + amount + ";entry_price=2", 0);
    assertThat(((FoundPosition.Open) found).position().getQuantity())
        .isEqualByComparingTo(quantity);
  }

  @ParameterizedTest
  @CsvSource({"0.0315, 0.031", "0.031, 0.031", "0.0319999, 0.031"})
  void shouldRoundDownToTheStep(String amount, String quantity) {
    FoundPosition.Open open =
        (FoundPosition.Open) read(KEY, "position_amt=" + amount + ";entry_price=2", 0);
    assertThat(((FoundPosition.Open) open.inSteps(new BigDecimal("0.001"))).position())
        .satisfies(position -> assertThat(position.getQuantity()).isEqualByComparingTo(quantity));
    assertThat(open.inSteps(new BigDecimal("1")))
        .isInstanceOfSatisfying(
            FoundPosition.Skipped.class, none -> assertThat(none.reason()).isEqualTo("FLAT"));
  }

  @Test
  void shouldNotChooseBetweenAPositionAndALedgerThatDiffer() {
    String position = "position_amt=1.5;entry_price=2";
    String ledger = "ledger_amt=-1.2";

    assertThat(read(position, ledger, Trusted.NEITHER))
        .isInstanceOfSatisfying(
            FoundPosition.Skipped.class,
            none -> {
              assertThat(none.reason()).isEqualTo("LEDGER_DIFFERS");
              assertThat(none.text()).contains("1.5").contains("-1.2").contains("--trust");
            });
    assertThat(((FoundPosition.Open) read(position, ledger, Trusted.POSITION)).position())
        .satisfies(
            open -> {
              assertThat(open.getSide()).isEqualTo(PositionSide.LONG);
              assertThat(open.getQuantity()).isEqualByComparingTo("1.5");
            });
    assertThat(((FoundPosition.Open) read(position, ledger, Trusted.LEDGER)).position())
        .satisfies(
            open -> {
              assertThat(open.getSide()).isEqualTo(PositionSide.SHORT);
              assertThat(open.getQuantity()).isEqualByComparingTo("1.2");
            });
    assertThat(read(position, "position_amt=1.5000000000000002", Trusted.NEITHER))
        .isInstanceOf(FoundPosition.Open.class);
    assertThat(read(position, "ledger_side=LONG", Trusted.NEITHER))
        .isInstanceOf(FoundPosition.Open.class);
  }
}
