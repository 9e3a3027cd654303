package io.quantumtrader.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApiKeysTest {

  private static final String SECRET = "plantedSecret77";
  private static final String KEY = "plantedKeyOf32Characters";

  @TempDir Path folder;

  @Test
  void shouldReadTheKeyOfMainByTheShortNames() {
    // when
    ApiKeys keys =
        ApiKeys.from(Map.of("QUANTUM_BINANCE_KEY", KEY, "QUANTUM_BINANCE_SECRET", SECRET));

    // then
    ApiKey key = keys.of("main").orElseThrow();
    assertThat(key.id()).isEqualTo(KEY);
    assertThat(key.signer().sign("a=1")).isEqualTo(Signer.hmac(SECRET).sign("a=1"));
    assertThat(keys.of("other")).isEmpty();
    assertThat(key.toString() + keys).doesNotContain(SECRET).doesNotContain(KEY);
  }

  @Test
  void shouldReadEachAccountFromAFileAndLetTheEnvironmentWin() throws IOException {
    // given
    Path file = file("keys", "QUANTUM_BINANCE_DESK_2_KEY=fromFile\n", "rw-------");
    Path secret = file("secret", SECRET + "\n", "rw-------");

    // when
    ApiKeys keys =
        ApiKeys.from(
            Map.of(
                ApiKeys.FILE,
                file.toString(),
                "QUANTUM_BINANCE_DESK_2_KEY",
                "fromEnvironment",
                "QUANTUM_BINANCE_DESK_2_SECRET_FILE",
                secret.toString()));

    // then
    ApiKey key = keys.of("desk-2").orElseThrow();
    assertThat(key.id()).isEqualTo("fromEnvironment");
    assertThat(key.signer().sign("a=1")).isEqualTo(Signer.hmac(SECRET).sign("a=1"));
    assertThat(keys.complaints()).isEmpty();
  }

  @Test
  void shouldComplainOfAFileThatOthersCanRead() throws IOException {
    // given
    Path file =
        file(
            "keys",
            "QUANTUM_BINANCE_KEY=" + KEY + "\nQUANTUM_BINANCE_SECRET=" + SECRET,
            "rw-r--r--");

    // when
    ApiKeys keys = ApiKeys.from(Map.of(ApiKeys.FILE, file.toString()));

    // then
    assertThat(keys.of("main")).isPresent();
    assertThat(keys.complaints())
        .singleElement()
        .asString()
        .contains("chmod 600 " + file)
        .doesNotContain(SECRET);
  }

  @Test
  void shouldNameTheSettingThatIsWrongAndNeverItsValue() throws IOException {
    // given
    Path broken = file("keys", "QUANTUM_BINANCE_KEY=\\u00zz" + SECRET, "rw-------");

    // then
    assertThatThrownBy(
            () ->
                ApiKeys.from(
                        Map.of(
                            "QUANTUM_BINANCE_KEY", KEY,
                            "QUANTUM_BINANCE_SECRET", SECRET,
                            "QUANTUM_BINANCE_SECRET_FILE", "/nowhere"))
                    .of("main"))
        .hasMessageContaining("QUANTUM_BINANCE_SECRET_FILE")
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> ApiKeys.from(Map.of(ApiKeys.FILE, broken.toString())))
        .hasMessageContaining(broken.toString())
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
    assertThatThrownBy(
            () ->
                ApiKeys.from(
                        Map.of(
                            "QUANTUM_BINANCE_KEY",
                            KEY,
                            "QUANTUM_BINANCE_PRIVATE_KEY_FILE",
                            "/nowhere"))
                    .of("main"))
        .hasMessageContaining("cannot read /nowhere");
  }

  private Path file(String name, String text, String rights) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
    return file;
  }
}
