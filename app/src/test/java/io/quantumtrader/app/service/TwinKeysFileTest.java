package io.quantumtrader.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quantumtrader.app.cli.CommandFailure;
import io.quantumtrader.execution.twin.TwinAccount;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are made once, and no file loses a key by it. */
final class TwinKeysFileTest {

  private static final String OWN =
      """
      # my own words
      ! and these
      QUANTUM_BINANCE_KEY=0123456789abcdefKEY
      QUANTUM_BINANCE_SECRET = a-secret-of-mine

      """;

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("keys");
  }

  private List<TwinAccount> accounts(String... names) {
    return new TwinKeysFile(file()).accounts(List.of(names), BigDecimal.TEN);
  }

  @Test
  void shouldMakeKeysOnceForTheirOwnerAlone() throws IOException {
    List<TwinAccount> first = accounts("main", "desk-2");
    List<TwinAccount> second = accounts("main", "desk-2");

    assertThat(second).isEqualTo(first);
    assertThat(first).extracting(TwinAccount::secret).doesNotHaveDuplicates();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(file())).contains("QUANTUM_BINANCE_DESK_2_SECRET=");
  }

  @Test
  void shouldAddWhatIsMissingAndChangeNothingElse() throws IOException {
    Files.writeString(file(), OWN);

    List<TwinAccount> made = accounts("main", "second");

    assertThat(made.getFirst().apiKey()).isEqualTo("0123456789abcdefKEY");
    assertThat(made.getFirst().secret()).isEqualTo("a-secret-of-mine");
    assertThat(Files.readString(file()))
        .startsWith(OWN + "QUANTUM_BINANCE_SECOND_KEY=")
        .doesNotContain("QUANTUM_BINANCE_MAIN_");
  }

  @Test
  void shouldAddToALineThatHasNoEnd() throws IOException {
    Files.writeString(file(), OWN.strip());

    accounts("second");

    assertThat(Files.readString(file())).startsWith(OWN.strip() + "\nQUANTUM_BINANCE_SECOND_KEY=");
  }

  @Test
  void shouldReadASecretFromTheFileThatIsNamed() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "from-a-file\n");
    String text =
        "QUANTUM_BINANCE_MAIN_KEY=0123456789abcdefKEY\nQUANTUM_BINANCE_MAIN_SECRET_FILE="
            + secret
            + "\n";
    Files.writeString(file(), text);

    assertThat(accounts("main").getFirst().secret()).isEqualTo("from-a-file");
    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "QUANTUM_BINANCE_MAIN_KEY=0123456789abcdefKEY\n",
        "QUANTUM_BINANCE_MAIN_SECRET=planted\n",
        "QUANTUM_BINANCE_MAIN_KEY=0123456789abcdefKEY\nQUANTUM_BINANCE_MAIN_PRIVATE_KEY_FILE=k\n",
        "QUANTUM_BINANCE_KEY=0123456789abcdefKEY\nQUANTUM_BINANCE_PRIVATE_KEY_FILE=k.pem\n",
        """
        QUANTUM_BINANCE_KEY=0123456789abcdefKEY
        QUANTUM_BINANCE_SECRET=planted
        QUANTUM_BINANCE_SECRET_FILE=planted
        """,
        "-----BEGIN PRIVATE KEY-----\nplanted\n-----END PRIVATE KEY-----\n",
        "{\"key\": \"planted\"}\n",
        "QUANTUM_BINANCE_MAIN_KEY=\\uplanted\n",
      })
  void shouldLeaveAFileOfAnotherFormAsItIs(String text) throws IOException {
    Files.writeString(file(), text);

    assertThatThrownBy(() -> accounts("second", "main"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining(file().toString())
        .hasMessageContaining("Name a file that does not exist yet")
        .hasNoCause()
        .message()
        .doesNotContain("planted");
    assertThat(Files.readString(file())).isEqualTo(text);
  }

  @Test
  void shouldPutAWholeFileInThePlaceOfTheOldOne() throws IOException {
    Files.writeString(file(), OWN);
    Path other = Files.createLink(directory.resolve("hard-link"), file());

    accounts("second");

    // Whoever read the old file while it was written reads the old file to its end.
    assertThat(Files.readString(other)).isEqualTo(OWN);
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).containsExactlyInAnyOrder(file(), other);
    }
  }

  @Test
  void shouldFollowALinkToTheFile() throws IOException {
    Path real = Files.writeString(directory.resolve("real"), OWN);
    Files.createSymbolicLink(file(), real);

    accounts("second");

    assertThat(file()).isSymbolicLink();
    assertThat(Files.readString(real)).contains("QUANTUM_BINANCE_SECOND_SECRET=");
  }
}
