/** What the pipeline costs: the command that measures it. */
package io.quantumtrader.bench;
