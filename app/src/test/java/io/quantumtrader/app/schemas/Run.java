package io.quantumtrader.app.schemas;

import io.quantumtrader.app.Quantum;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** What a run of {@code quantum schemas} printed and its exit code. */
record Run(int code, String out, String err) {

  static Run schemas(Object... arguments) {
    List<String> all = new ArrayList<>(List.of("schemas"));
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Quantum.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(all.toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }
}
