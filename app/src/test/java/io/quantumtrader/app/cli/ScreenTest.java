package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private PrintStream stream() {
    return new PrintStream(shown, true, StandardCharsets.UTF_8);
  }

  @Test
  void shouldNeverFillALineWithTheStatus() {
    Screen screen = Screen.terminal(stream(), 20);

    screen.status("x".repeat(20));

    assertThat(screen.width()).isEqualTo(19);
    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[2K" + "x".repeat(19));
  }

  @Test
  void shouldTakeTheStatusAway() {
    Screen screen = Screen.terminal(stream(), 20);
    screen.status("x");

    screen.clear();
    screen.clear();

    assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("\r\u001b[2Kx\r\u001b[2K");
  }

  @Test
  void shouldReplaceABlockWholeByWhatFollows() {
    // given
    Screen screen = Screen.terminal(stream(), 20);
    screen.block(List.of("one", "y".repeat(25), "three"));
    shown.reset();

    // when
    screen.line("done");
    screen.clear();

    // then: from the last line of the block up to its first, each is taken away
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "\r\u001b[2K\u001b[1A\r\u001b[2K\u001b[1A\r\u001b[2Kdone" + System.lineSeparator());
  }

  @Test
  void shouldCutEachLineOfABlockAndShowNoneOffATerminal() {
    // when
    Screen.terminal(stream(), 20).block(List.of("one", "y".repeat(25)));

    // then
    assertThat(shown.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\u001b[2Kone\n\r\u001b[2K" + "y".repeat(19));

    // when
    shown.reset();
    Screen.plain(stream()).block(List.of("one", "two"));

    // then
    assertThat(shown.size()).isZero();
  }

  @Test
  void shouldShowNoStatusOffATerminal() {
    Screen.plain(stream()).status("x");

    assertThat(shown.size()).isZero();
  }
}
