package io.quantumtrader.app.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.schemas.avro.PositionLedger;
import io.quantumtrader.schemas.avro.PositionSide;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PipelineBookTest {

  private static final PositionLedger LONG = CloseProgressTest.row("BTCUSDT", PositionSide.LONG, 1);
  private static final PositionLedger FLAT = CloseProgressTest.row("ETHUSDT", PositionSide.FLAT, 1);

  private final PipelineBook book =
      new PipelineBook(
          Set.of("main", "alpha"), Set.of("BTCUSDT", "ETHUSDT", "SOLUSDT"), List.of(LONG, FLAT));

  @Test
  void shouldFindWhatIsOpenByAccountAndSymbol() {
    assertThat(book.open(null, "")).containsExactly(LONG);
    assertThat(book.open("*", "BTCUSDT")).containsExactly(LONG);
    assertThat(book.open("main", "")).containsExactly(LONG);
    assertThat(book.open("alpha", "")).isEmpty();
    assertThat(book.open(null, "ETHUSDT")).isEmpty();
  }

  @Test
  void shouldRefuseASymbolInWhichNothingIsOpen() {
    assertThatCode(() -> book.requireOpen(null, "BTCUSDT")).doesNotThrowAnyException();
    assertThatThrownBy(() -> book.requireOpen(null, "NOPEUSDT"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is no instrument NOPEUSDT; positions are open in BTCUSDT");
    assertThatThrownBy(() -> book.requireOpen(null, "ETHUSDT"))
        .hasMessage("nothing is open in ETHUSDT; positions are open in BTCUSDT");
    assertThatThrownBy(() -> book.requireOpen("alpha", "BTCUSDT"))
        .hasMessage("nothing is open in BTCUSDT for account alpha; no position is open at all");
  }

  @Test
  void shouldRefuseAnAccountThatIsMistyped() {
    assertThatCode(() -> book.requireAccount("alpha")).doesNotThrowAnyException();
    assertThatCode(() -> book.requireAccount("*")).doesNotThrowAnyException();
    assertThatCode(() -> book.requireAccount(null)).doesNotThrowAnyException();
    assertThatThrownBy(() -> book.requireAccount("alhpa"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage("there is no account 'alhpa' in this pipeline; it has alpha, main");
    PipelineBook empty = new PipelineBook(Set.of(), Set.of(), List.of());
    assertThatCode(() -> empty.requireAccount("first")).doesNotThrowAnyException();
  }
}
