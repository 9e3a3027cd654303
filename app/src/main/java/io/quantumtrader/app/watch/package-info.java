/** Commands that look at a pipeline: what it has, does and did, and why. They change nothing. */
package io.quantumtrader.app.watch;
