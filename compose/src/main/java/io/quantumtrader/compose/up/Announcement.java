package io.quantumtrader.compose.up;

import io.quantumtrader.app.cli.ClientConfig;
import io.quantumtrader.app.cli.PipelineAddresses;
import io.quantumtrader.app.cli.RunningPipeline;
import io.quantumtrader.app.cli.RunningPipelines;
import io.quantumtrader.app.cli.Screen;
import io.quantumtrader.compose.Stack;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/** Tells this user's other commands where the pipeline is, as long as it runs. */
final class Announcement implements AutoCloseable {

  private final RunningPipelines all;
  private final Screen screen;
  private RunningPipeline pipeline;
  private boolean written;

  private Announcement(RunningPipelines all, Screen screen, RunningPipeline pipeline) {
    this.all = all;
    this.screen = screen;
    this.pipeline = pipeline;
  }

  /** Announces the pipeline on a stack; a file that cannot be written is only talked about. */
  static Announcement of(Stack stack, List<String> accounts, ClientConfig config, Screen screen) {
    PipelineAddresses addresses =
        PipelineAddresses.of(stack.bootstrapServers(), stack.schemaRegistryUrl())
            .withRedisAndConnect(stack.redisUri(), stack.connectUrl().orElse(""));
    Announcement announcement =
        new Announcement(
            RunningPipelines.ofThisUser(),
            screen,
            RunningPipeline.ofThisProcess(
                stack.directory(), stack.isTemporary(), accounts, addresses, config));
    announcement.announce();
    return announcement;
  }

  private void announce() {
    try {
      pipeline = all.announce(pipeline);
      written = true;
    } catch (IOException e) {
      screen.line("  note: quantum control and others will need addresses: " + e.getMessage());
    }
  }

  /** Returns the name under which other commands find it. */
  String name() {
    return pipeline.name();
  }

  /**
   * Says too where something more is.
   *
   * @param more adds it to the addresses
   * @throws IOException if the file cannot be written
   */
  void add(UnaryOperator<PipelineAddresses> more) throws IOException {
    pipeline = pipeline.with(more.apply(pipeline.addresses()));
    if (written) {
      all.update(pipeline);
    }
  }

  @Override
  public void close() throws IOException {
    if (written) {
      all.withdraw(pipeline);
    }
  }
}
