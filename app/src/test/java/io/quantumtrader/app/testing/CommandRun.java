package io.quantumtrader.app.testing;

import io.quantumtrader.app.Quantum;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A command that has ended.
 *
 * @param code its exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
public record CommandRun(int code, String out, String err) {

  /** Runs a command of {@code quantum} in this process; each word is taken as text. */
  public static CommandRun of(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Quantum.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(List.of(words).stream().map(Object::toString).toArray(String[]::new));
    return new CommandRun(code, out.toString(), err.toString());
  }
}
