package io.quantumtrader.topology.wiring;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of the wiring have in common: a pipeline at noon. */
abstract class WiringTest {

  @TempDir Path directory;
  Pipeline pipeline;

  @BeforeEach
  void open() {
    pipeline = new Pipeline(directory);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }
}
