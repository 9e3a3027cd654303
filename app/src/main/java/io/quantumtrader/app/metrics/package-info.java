/** What the processes of the pipeline show to Prometheus, and how they say whether they work. */
package io.quantumtrader.app.metrics;
