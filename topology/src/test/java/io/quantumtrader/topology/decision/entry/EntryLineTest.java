package io.quantumtrader.topology.decision.entry;

import static io.quantumtrader.topology.Given.NOON;
import static io.quantumtrader.topology.Given.intent;
import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.schemas.avro.IntentAction;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import io.quantumtrader.topology.Given;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EntryLineTest {

  @ParameterizedTest
  @CsvSource({
    // action, reduce only, open, entry
    "BUY,false,FLAT,true",
    "OPEN_LONG,false,,true",
    "SELL,false,,true",
    "BUY,false,LONG,true",
    "SELL,false,SHORT,true",
    "SELL,false,LONG,false",
    "OPEN_SHORT,false,LONG,false",
    "BUY,false,SHORT,false",
    "BUY,true,,false",
    "CLOSE,false,,false",
    "HOLD,false,,false",
    "UNRECOGNIZED,false,,false",
  })
  void shouldLetNothingWaitThatMayBeAClose(
      IntentAction action, boolean reduceOnly, PositionSide open, boolean entry) {
    Optional<PositionLedger> row =
        Optional.ofNullable(open)
            .map(
                side ->
                    Given.position(
                            Given.BTC, side, side == PositionSide.FLAT ? "0" : "0.02", "71000")
                        .build());

    assertThat(
            EntryLine.isEntry(intent("i").setAction(action).setReduceOnly(reduceOnly).build(), row))
        .isEqualTo(entry);
  }

  @ParameterizedTest
  @CsvSource({"1999,false", "2000,false", "2001,true", "-1,false"})
  void shouldBeBehindFromTwoSecondsOn(long ageMs, boolean behind) {
    assertThat(EntryLine.isBehind(NOON - ageMs, NOON)).isEqualTo(behind);
  }

  @ParameterizedTest
  @CsvSource({
    // others wait, behind, decided in this step, waits
    "false,true,63,false",
    "false,true,64,true",
    "false,true,65,true",
    "false,false,1000,false",
    "true,false,0,true",
    "true,true,0,true",
  })
  void shouldLetAnEntryWaitBehindOthersOrWhereEnoughWasDone(
      boolean others, boolean behind, int decided, boolean waits) {
    assertThat(EntryLine.waits(others, behind, decided)).isEqualTo(waits);
  }
}
