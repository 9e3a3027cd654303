/** What models expect of a market, how they are kept from doing harm, and how several agree. */
package io.quantumtrader.agents.forecast;
