package io.quantumtrader.app.smoke;

import java.time.Duration;

/**
 * One thing that a smoke test looked at.
 *
 * @param name what it is
 * @param ok whether it was as it should be, in time
 * @param took how long it took since the step before
 * @param said what was seen, with numbers
 */
public record SmokeStep(String name, boolean ok, Duration took, String said) {}
