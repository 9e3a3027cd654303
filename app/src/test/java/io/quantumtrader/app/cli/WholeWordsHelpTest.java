package io.quantumtrader.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.quantumtrader.app.Quantum;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of every command, as a terminal of 80 columns shows it. */
final class WholeWordsHelpTest {

  private static final Pattern URL = Pattern.compile("(https?|redis)://[^\\s),]+[^\\s).,:]");

  private static List<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    add(Quantum.commandLine(), all);
    return all;
  }

  private static void add(CommandLine line, List<CommandLine> all) {
    all.add(line);
    line.getSubcommands().values().forEach(below -> add(below, all));
  }

  @Test
  void shouldFitInto80Columns() {
    for (CommandLine command : commands()) {
      assertThat(command.getUsageMessage(Ansi.OFF).lines())
          .as(command.getCommandSpec().qualifiedName(" "))
          .allMatch(line -> line.length() <= Wrap.COLUMNS);
    }
  }

  @Test
  void shouldBreakNoAddressAndNoName() {
    int addresses = 0;
    for (CommandLine command : commands()) {
      CommandSpec spec = command.getCommandSpec();
      String shown = command.getUsageMessage(Ansi.OFF);
      for (OptionSpec option : spec.options()) {
        if (option.hidden() || option.arity().max() == 0) {
          continue;
        }
        assertThat(shown)
            .as(spec.qualifiedName(" "))
            .contains(
                option.longestName()
                    + (option.arity().min() == 0
                        ? "[=" + option.paramLabel() + "]"
                        : "=" + option.paramLabel()));
        Matcher address = URL.matcher(String.join(" ", option.description()));
        while (address.find()) {
          addresses++;
          assertThat(shown).as(spec.qualifiedName(" ")).contains(address.group());
        }
      }
    }
    assertThat(addresses).isGreaterThan(5);
  }

  @Test
  void shouldShowAWholeSentenceOfEachCommandInTheList() {
    for (CommandLine command : commands()) {
      String list = words(command.getHelp().commandList());
      for (CommandLine below : command.getSubcommands().values()) {
        if (below.getCommand() instanceof CommandLine.HelpCommand) {
          continue;
        }
        String first = below.getCommandSpec().usageMessage().description()[0];
        assertThat(first).endsWith(".");
        assertThat(list).contains(words(Ansi.OFF.string(first)));
      }
    }
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
