package io.quantumtrader.app.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * The help of commands, broken at spaces alone: picocli would break an address at its slashes, and
 * take the lines in which a description is written for lines in which it is to be shown.
 */
public final class WholeWordsHelp extends Help {

  private static final int COLUMNS_OF_OPTIONS = 5;

  /** Wider than any synopsis. */
  private static final int UNBROKEN = 10_000;

  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?]) (?=[A-Z-])");
  private static final Pattern WORDS = Pattern.compile("\\S+");

  private WholeWordsHelp(CommandSpec command, ColorScheme colors) {
    super(command, colors);
  }

  /** Gives a command line, and every command below it, this help. */
  public static void addTo(CommandLine line) {
    line.setHelpFactory(WholeWordsHelp::new);
    flow(line.getCommandSpec());
  }

  private static void flow(CommandSpec command) {
    if (command.userObject() instanceof CommandLine.HelpCommand) {
      // Picocli's own, which is written as it is to be shown.
      return;
    }
    String text = String.join(" ", command.usageMessage().description()).strip();
    Matcher end = SENTENCE_END.matcher(text);
    // The list of commands shows the first line alone, so that is the first sentence.
    command
        .usageMessage()
        .description(
            end.find()
                ? new String[] {text.substring(0, end.start()), text.substring(end.end())}
                : new String[] {text});
    for (CommandLine below : command.subcommands().values()) {
      flow(below.getCommandSpec());
    }
  }

  @Override
  public String description(Object... parameters) {
    StringBuilder text = new StringBuilder();
    for (String line : commandSpec().usageMessage().description()) {
      String shown = ansi().string(line.formatted(parameters));
      Wrap.lines(shown, "", "").forEach(each -> text.append(each).append(System.lineSeparator()));
    }
    return text.toString();
  }

  @Override
  public String synopsis(int headingLength) {
    UsageMessageSpec usage = commandSpec().usageMessage();
    int width = usage.width();
    String whole;
    try {
      usage.width(UNBROKEN);
      whole = super.synopsis(headingLength).strip();
    } finally {
      usage.width(width);
    }
    String name = commandSpec().qualifiedName(" ") + " ";
    String begin = " ".repeat(headingLength);
    String next = " ".repeat(headingLength + name.length());
    String rest = whole.startsWith(name) ? whole.substring(name.length()) : whole;
    return String.join(System.lineSeparator(), Wrap.words(rest, begin + name, next))
            .substring(headingLength)
        + System.lineSeparator();
  }

  @Override
  public Layout createDefaultLayout(
      List<OptionSpec> options, List<PositionalParamSpec> positions, ColorScheme colors) {
    Layout usual = super.createDefaultLayout(options, positions, colors);
    return new Layout(
        colors,
        new WordTable(colors, usual.textTable().columns()),
        usual.optionRenderer(),
        usual.parameterRenderer());
  }

  /** A table whose last column holds descriptions. */
  private static final class WordTable extends TextTable {

    private WordTable(ColorScheme colors, Column[] columns) {
      super(colors, columns);
      indentWrappedLines = 0;
    }

    @Override
    public void addRowValues(Text... values) {
      if (values.length != COLUMNS_OF_OPTIONS || values[COLUMNS_OF_OPTIONS - 1] == null) {
        super.addRowValues(values);
        return;
      }
      Column last = columns()[COLUMNS_OF_OPTIONS - 1];
      Text[] row = values.clone();
      for (Text line : lines(values[COLUMNS_OF_OPTIONS - 1], last.width - last.indent)) {
        row[COLUMNS_OF_OPTIONS - 1] = line;
        super.addRowValues(row.clone());
        Arrays.fill(row, line.substring(0, 0));
      }
    }

    private static List<Text> lines(Text text, int width) {
      List<Text> lines = new ArrayList<>();
      String plain = text.plainString();
      Matcher word = WORDS.matcher(plain);
      int begin = 0;
      int end = 0;
      while (word.find()) {
        if (end > begin && word.end() - begin > width) {
          lines.add(text.substring(begin, end));
          begin = word.start();
        }
        end = word.end();
      }
      lines.add(text.substring(begin, end));
      return lines;
    }
  }
}
