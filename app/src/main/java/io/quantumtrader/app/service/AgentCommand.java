package io.quantumtrader.app.service;

import io.quantumtrader.agents.Agent;
import io.quantumtrader.agents.AgentSettings;
import io.quantumtrader.app.cli.CommandFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The agent: makes intents out of market states. */
@Command(
    name = "agent",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    defaultValueProvider = EnvironmentDefaults.class,
    description = "Run the agent, which makes intents from market states for one account.",
    footer = {"", "Example:", "  ./quantum service agent --account main --margin 300"})
final class AgentCommand implements Callable<Integer> {

  @Mixin private PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--account",
      paramLabel = "NAME",
      defaultValue = "main",
      description = "The account it trades for. Default: main.")
  private String account;

  @Option(
      names = "--margin",
      paramLabel = "AMOUNT",
      defaultValue = "300",
      description = "Margin of an entry, quote currency. Default: 300.")
  private BigDecimal margin;

  @Option(
      names = "--leverage",
      paramLabel = "N",
      defaultValue = "2",
      description = "Leverage of an entry, 1 to 125. Default: 2.")
  private double leverage;

  @Mixin private HealthFile health = new HealthFile();

  @Override
  public Integer call() throws IOException {
    AgentSettings settings = settings();
    return ServiceRun.run(
        "agent",
        health,
        (parts, onFailure) -> {
          Agent agent = parts.add("agent", place.parts().agent(settings));
          var unused =
              agent
                  .ended()
                  .whenComplete(
                      (done, failure) -> {
                        if (failure != null) {
                          onFailure.accept(failure);
                        }
                      });
          agent.start();
          return agent::isWorking;
        });
  }

  private AgentSettings settings() {
    try {
      return new AgentSettings(
          account,
          AgentSettings.DEFAULT.source(),
          margin,
          leverage,
          AgentSettings.DEFAULT.thresholds());
    } catch (IllegalArgumentException e) {
      throw new CommandFailure("invalid agent settings: " + e.getMessage(), e);
    }
  }
}
