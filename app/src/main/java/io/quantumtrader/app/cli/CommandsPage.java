package io.quantumtrader.app.cli;

import io.quantumtrader.schemas.docs.GeneratedPage;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The page of all commands with their settings, read off the command line itself. */
public final class CommandsPage {

  private static final String NAME = "commands.md";

  private CommandsPage() {}

  /** Returns the page of a command line. */
  public static GeneratedPage of(CommandLine line) {
    StringBuilder text = new StringBuilder();
    add(line.getCommandSpec(), text);
    return new GeneratedPage(NAME, "Commands", text.toString());
  }

  private static void add(CommandSpec command, StringBuilder text) {
    boolean helps = command.userObject() instanceof CommandLine.HelpCommand;
    if (helps || command.usageMessage().hidden()) {
      return;
    }
    text.append("## `./").append(command.qualifiedName(" ")).append("`\n\n");
    String description = plain(command.usageMessage().description());
    if (!description.isEmpty()) {
      text.append(description).append("\n\n");
    }
    settings(command, text);
    command.subcommands().values().stream()
        .distinct()
        .forEach(each -> add(each.getCommandSpec(), text));
  }

  private static void settings(CommandSpec command, StringBuilder text) {
    List<PositionalParamSpec> positions = command.positionalParameters();
    List<OptionSpec> options =
        command.options().stream()
            .filter(option -> !option.hidden() && !option.usageHelp() && !option.versionHelp())
            .filter(option -> !option.inherited())
            .toList();
    if (positions.isEmpty() && options.isEmpty()) {
      return;
    }
    text.append("| setting | default | meaning |\n|---|---|---|\n");
    positions.forEach(position -> row(position.paramLabel(), position, text));
    options.forEach(option -> row(name(option), option, text));
    text.append('\n');
  }

  private static String name(OptionSpec option) {
    String names = String.join(", ", option.names());
    return option.arity().max() == 0 ? names : names + " " + option.paramLabel();
  }

  private static void row(String name, ArgSpec setting, StringBuilder text) {
    String value = setting.defaultValue();
    text.append("| `")
        .append(cell(name))
        .append("` | ")
        .append(value == null || value.isEmpty() ? "" : "`" + cell(value) + "`")
        .append(" | ")
        .append(cell(meaning(setting)))
        .append(" |\n");
  }

  private static String meaning(ArgSpec setting) {
    String text = plain(setting.description()).replace("%%", "%");
    if (setting.defaultValue() != null) {
      text = text.replace("${DEFAULT-VALUE}", setting.defaultValue());
    }
    Iterable<String> candidates = setting.completionCandidates();
    return candidates == null
        ? text
        : text.replace("${COMPLETION-CANDIDATES}", String.join(", ", candidates));
  }

  private static String plain(String... lines) {
    return Ansi.OFF.string(String.join(" ", lines)).replaceAll("\\s+", " ").strip();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
