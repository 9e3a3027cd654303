package io.quantumtrader.bench;

import com.sun.management.OperatingSystemMXBean;
import io.quantumtrader.bench.report.Provenance;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.kafka.common.utils.AppInfoParser;

/** Says where figures come from. */
final class Provenances {

  private static final long GIB = 1L << 30;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private Provenances() {}

  /** Returns where the figures of this process come from, at this moment. */
  static Provenance now(String command, Effort effort) {
    return new Provenance(
        commit(),
        command,
        LocalDate.now(ZoneOffset.UTC).toString(),
        Runtime.getRuntime().availableProcessors(),
        Math.round((double) SYSTEM.getTotalMemorySize() / GIB),
        Runtime.version().toString(),
        AppInfoParser.getVersion(),
        effort.rounds(),
        Math.round(SYSTEM.getSystemLoadAverage() * 10) / 10.0);
  }

  private static String commit() {
    String head = git("rev-parse", "--short", "HEAD");
    if (head.isEmpty()) {
      return "unknown";
    }
    // What a run writes itself says nothing about what was measured.
    boolean changed =
        !git("status", "--porcelain", "--", ".", ":!bench/results", ":!docs").isEmpty();
    return changed ? head + "+" : head;
  }

  private static String git(String... arguments) {
    String home = System.getProperty("quantum.home");
    if (home == null) {
      return "";
    }
    ProcessBuilder builder = new ProcessBuilder();
    builder.command().add("git");
    builder.command().addAll(java.util.List.of(arguments));
    builder.directory(new File(home)).redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? answer.strip() : "";
    } catch (IOException noGit) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
