package io.quantumtrader.app.replay;

import io.quantumtrader.app.cli.CommandFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a run is compared with, and where the comparison goes. */
final class WhatIfOptions {

  private static final int USAGE = 2;

  @Option(
      names = "--against",
      paramLabel = "FILE|KEY=VALUE[,...]",
      description =
          "Also run it under another policy and compare: a policy file, or thresholds that change"
              + " on top of the run's, as in killTsRef=0.85,heatHot=0.8. May be given more than"
              + " once; market states are computed once for all.")
  private List<String> against = List.of();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = "Write the comparison as one HTML page with charts, which needs nothing else.")
  private Path report;

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description =
          "Compare decisions and state hash with a baseline, print the differences as Markdown, and"
              + " end with exit code 1 where there are any.")
  private Path check;

  @Option(
      names = "--write-baseline",
      paramLabel = "FILE",
      description = "Write decisions and state hash as a baseline for --check.")
  private Path writeBaseline;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many policies run at once. Default: one for each core.")
  private Integer threads;

  /** Returns whether any of this is asked for. */
  boolean wanted() {
    return !against.isEmpty() || report != null || check != null || writeBaseline != null;
  }

  /** Returns the other policies as they were named. */
  List<String> against() {
    return against;
  }

  Optional<Path> report() {
    return Optional.ofNullable(report);
  }

  Optional<Path> check() {
    return Optional.ofNullable(check);
  }

  Optional<Path> writeBaseline() {
    return Optional.ofNullable(writeBaseline);
  }

  int threads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }

  /**
   * Refuses what cannot be used before anything runs.
   *
   * @throws CommandFailure where something cannot
   */
  void refuseUnusable() {
    if (threads != null && threads < 1) {
      throw new CommandFailure(USAGE, "--threads must be 1 or more: " + threads, null);
    }
    if (!against.isEmpty() && (check != null || writeBaseline != null)) {
      throw new CommandFailure(
          USAGE, "--check and --write-baseline are for one policy; leave --against out", null);
    }
    report().ifPresent(file -> requireWritable("--report", file));
    writeBaseline().ifPresent(file -> requireWritable("--write-baseline", file));
    if (check != null && !Files.isReadable(check)) {
      throw new CommandFailure("cannot read " + check + ": no such file, or no permission");
    }
  }

  private static void requireWritable(String option, Path file) {
    Path directory = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file) || directory == null || !Files.isWritable(directory)) {
      throw new CommandFailure(USAGE, option + " cannot be written: " + file, null);
    }
  }
}
