import Testing

@Suite struct NetworksTests {
  @Test func `lists every network with its size`() throws {
    let outcome = try Sandbox().regbench("networks")
    #expect(outcome.status == 0)
    #expect(
      outcome.stdout == """
        network                                       input   output  parameters  multiply-adds
        ---------------------------------------------------------------------------------------
        mlp hidden=[4096] activation=relu           1×28×28       10   3,256,330      3,252,224
        mlp hidden=[1024] activation=sigmoid        1×28×28       10     814,090        813,056
        mlp hidden=[500,1000] activation=sigmoid    1×28×28       10     903,510        902,000
        lenet                                       1×28×28       10     431,080      2,293,000
        alexfastnet                                 3×32×32       10     145,578     12,354,176
        wrn-16-4                                    3×32×32       10   2,748,890    392,612,352
        wrn-16-8                                    3×32×32       10  10,961,370  1,548,145,664
        wrn-28-10                                   3×32×32       10  36,479,194  5,243,328,768
        wrn-28-10                                   3×32×32      100  36,536,884  5,243,386,368
        wrn-28-10                                   1×28×28       47  36,502,623  4,014,222,976
        resnet-20                                   3×32×32       10     272,474     40,813,184
        resnet-110 shortcut=A                       3×32×32       10   1,727,962    252,887,680
        resnet-110 shortcut=B                       3×32×32       10   1,730,714    253,149,824
        resnet-164                                  3×32×32      100   1,727,284    247,669,760
        resnet-18                                   3×32×32      100  11,220,132    555,468,800
        preresnet-164                               3×32×32       10   1,703,258    247,646,720
        preresnet-164                               3×32×32      100   1,726,388    247,669,760
        densenet-bc-100-12                          3×32×32       10     769,162    287,929,692
        densenet-bc-100-12                          3×32×32      100     800,032    287,960,472
        densenet-bc-190-40                          3×32×32       10  25,624,430  9,301,945,740
        densenet-bc-190-40                          3×32×32      100  25,821,620  9,302,142,840
        resnext-29-8x64                             3×32×32       10  34,426,698  5,387,266,048
        resnext-29-8x64                             3×32×32      100  34,518,948  5,387,358,208
        vgg-11                                      3×32×32       10   9,750,922    153,293,824
        vgg-13                                      3×32×32       10   9,935,434    228,791,296
        vgg-16                                      3×32×32       10  15,245,130    313,725,952
        vgg-19                                      3×32×32       10  20,554,826    398,660,608
        vgg-16                                      3×32×32      100  15,291,300    313,772,032
        alexnet-32                                  3×32×32       10   2,603,850     15,088,128
        alexnet-32                                  3×32×32      100   2,626,980     15,111,168
        alexnet-caffe                             3×227×227     1000  60,965,224    724,406,816
        dropact-simple                              3×32×32       10     357,034     10,585,344
        autoencoder                                 1×28×28      784     402,448        401,408
        regression-mlp                                    1        1     963,201        961,200
        dcgan-generator                                 100  1×28×28   6,657,600     85,612,800
        dcgan-discriminator                         1×28×28        1   6,629,952     16,772,352

        """)
    #expect(outcome.stderr == "")
  }

  @Test func `an unknown network gets a suggestion`() throws {
    let outcome = try Sandbox().regbench("networks", "lent")
    #expect(outcome.status == 64)
    #expect(
      outcome.stderr.hasPrefix(
        """
        regbench: error: unknown network "lent"
        did you mean "lenet"? allowed: "alexfastnet", "alexnet-32",
        """))
  }

  @Test func `an impossible depth gets the nearest possible one`() throws {
    let outcome = try Sandbox().regbench("networks", "wrn-9-1")
    #expect(outcome.status == 64)
    #expect(
      outcome.stderr == """
        regbench: error: "wrn-9-1" cannot have depth 9: the depth must be 6n + 4
        the nearest legal depth is 10

        """)
  }

  @Test func `images that are too small are named`() throws {
    let outcome = try Sandbox().regbench("networks", "vgg-11", "--dataset", "mnist")
    #expect(outcome.status == 64)
    #expect(
      outcome.stderr == """
        regbench: error: vgg-11 does not fit images of 1×28×28: features.20: a 2×2 pooling window \
        does not fit a map of 512

        """)
  }
}
