package io.quantumtrader.agents.feature;

/** The table of the features for people. */
final class FeaturesPage {

  private FeaturesPage() {}

  /** Returns the page's text. */
  static String text() {
    StringBuilder text =
        new StringBuilder(
            """
            What an agent's models are given of a symbol, after each closed candle: pure functions of the
            candles up to then and of the market state after the last of them. The *window* is how many
            closed candles a feature reads, 0 where it is read off the state; the *warm-up* how many there
            have to have been, since a market state needs %d closes. A gap begins the window anew. What
            cannot be computed is missing, and no stand-in is put in its place.

            A changed formula is a new feature under a new name, as models that learned from the old one
            would be shown something else.

            | feature | what it is | unit or range | window | warm-up |
            |---|---|---|---|---|
            """
                .formatted(Feature.STATE_WARM_UP));
    for (Feature feature : Feature.values()) {
      text.append(
          "| `%s` | %s | %s | %d | %d |\n"
              .formatted(
                  feature.label(),
                  feature.meaning(),
                  feature.unit(),
                  feature.window(),
                  feature.warmUp()));
    }
    return text.toString();
  }
}
