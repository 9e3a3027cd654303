package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoriesTest {

  @TempDir private Path directory;

  @Test
  void shouldCreateADirectoryAndLeaveNothingInIt() {
    Path wanted = directory.resolve("a/b");

    Directories.requireWritable("--data", wanted);
    Directories.requireWritable("--data", wanted);

    assertThat(wanted).isEmptyDirectory();
  }

  @Test
  void shouldSayInWordsWhyItCannotBeWritten() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "x");

    assertThatThrownBy(() -> Directories.requireWritable("--data", file))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "--data %s cannot be written (%s is no directory); choose another directory"
                .formatted(file, file));
    assertThatThrownBy(() -> Directories.requireWritable("--dump", file.resolve("below")))
        .hasMessageStartingWith("--dump " + file.resolve("below") + " cannot be written (")
        .hasMessageContaining("irectory")
        .hasMessageNotContaining("Exception");
  }
}
