import Testing

@testable import Report

@Suite struct CSVExportTests {
  @Test func `every cell and selection`() throws {
    let expected = #"""
      paper,table,row,column,metric,unit,selection,mean,spread,spread_kind,n,diverged,published_mean,published_spread,delta,verdict,profile
      shakeout,table3,500,std-BP,test_error,percent,last,9.82,0.11,std,3,0,9.76,0.26,0.06,reproduced,paper
      shakeout,table3,500,std-BP,test_error,percent,validation,9.79,0.11,std,3,0,,,,,paper
      shakeout,table3,500,std-BP,test_error,percent,test,9.72,0.11,std,3,0,,,,,paper
      shakeout,table3,500,Dropout,test_error,percent,last,6.15,0.10,std,3,0,6.16,0.23,-0.01,reproduced,paper
      shakeout,table3,500,Dropout,test_error,percent,validation,6.12,0.10,std,3,0,,,,,paper
      shakeout,table3,500,Dropout,test_error,percent,test,6.05,0.10,std,3,0,,,,,paper
      shakeout,table3,500,Shakeout,test_error,percent,last,4.84,0.08,std,3,0,4.83,0.11,0.01,reproduced,paper
      shakeout,table3,500,Shakeout,test_error,percent,validation,4.81,0.08,std,3,0,,,,,paper
      shakeout,table3,500,Shakeout,test_error,percent,test,4.74,0.08,std,3,0,,,,,paper
      shakeout,table3,1000,std-BP,test_error,percent,last,6.80,0.10,std,3,0,6.73,0.12,0.07,reproduced,paper
      shakeout,table3,1000,std-BP,test_error,percent,validation,6.77,0.10,std,3,0,,,,,paper
      shakeout,table3,1000,std-BP,test_error,percent,test,6.70,0.10,std,3,0,,,,,paper
      shakeout,table3,1000,Dropout,test_error,percent,last,4.05,0.07,std,2,1,4.01,0.16,0.04,undecided,paper
      shakeout,table3,1000,Dropout,test_error,percent,validation,4.02,0.07,std,2,1,,,,,paper
      shakeout,table3,1000,Dropout,test_error,percent,test,3.95,0.07,std,2,1,,,,,paper
      shakeout,table3,1000,Shakeout,test_error,percent,last,,,std,0,3,3.43,0.06,,undecided,paper
      shakeout,table3,1000,Shakeout,test_error,percent,validation,,,std,0,3,,,,,paper
      shakeout,table3,1000,Shakeout,test_error,percent,test,,,std,0,3,,,,,paper

      """#
    #expect(CSVExport.text(try ReportFixture.table()) == expected)
  }

  @Test func `labels with commas are quoted`() throws {
    let config = ReportFixture.config.split(separator: #""row": "{trainSize}""#)
      .joined(separator: #""row": "{trainSize}, all""#)
      .replacing(#""trials": 3,"#, with: #""trials": 3, "reduced": "other rows","#)
    let table = ResultTable(
      study: try ReportFixture.study(config: config), records: ReportFixture.records())
    #expect(CSVExport.text(table).contains(#"shakeout,table3,"500, all",std-BP,"#))
  }
}
